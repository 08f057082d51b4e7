import { InvalidArgumentError } from 'commander'
import { WEBHOOK_KINDS, type Webhook, type WebhookKind, webhookInputSchema } from '../../shared/contract/webhook.ts'
import { describeWebhooks, makeWebhook, SOURCE_TAKEN } from '../access/make-webhook.ts'
import { keepSecretKey } from '../config.ts'
import { deleteWebhook } from '../store/webhooks.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, withStore } from './operator.ts'

const readKind = (text: string): WebhookKind => {
  const found = WEBHOOK_KINDS.find((one) => one === text)
  if (found === undefined) throw new InvalidArgumentError(`Give one of ${WEBHOOK_KINDS.join(', ')}.`)
  return found
}

const lineOf = (hook: Webhook): string =>
  [
    hook.id,
    hook.kind,
    hook.name,
    hook.last_delivery_at === null ? 'nothing came yet' : `last delivery ${hook.last_delivery_at}: ${hook.last_outcome}`,
    ...(hook.refused_count > 0 ? [`${hook.refused_count} refused for their signature`] : []),
  ].join('  ')

export const addWebhookCommands: AddCommands = (program, operator) => {
  const webhook = program.command('webhook').description('make, list and delete the live feeds of a community')

  webhook
    .command('create')
    .description('make a feed; its address and secret go into the webhook settings of the place, and the secret is shown this once')
    .argument('<slug>', 'the community')
    .argument('<kind>', `what sends it: ${WEBHOOK_KINDS.join(', ')}`, readKind)
    .option('--name <name>', 'what to call it', 'made on the command line')
    .option('--source <name>', 'the name its events carry as their source; by default that of an imported archive')
    .action((slug: string, kind: WebhookKind, { name, source }: { name: string; source?: string }) =>
      withStore(operator, async ({ db, config }) => {
        const { community_id } = await needCommunity(db, slug)
        const input = webhookInputSchema.safeParse({ kind, name, ...(source === undefined ? {} : { source }) })
        if (!input.success) throw new CommandError(`This cannot be made: ${input.error.issues[0]?.message}.`, EXIT.usage)
        const parts = { db, secretKey: keepSecretKey(config), baseUrl: config.baseUrl, now: operator.now }
        const made = await makeWebhook(parts, community_id, input.data)
        if (made === 'source_taken') throw new CommandError(SOURCE_TAKEN)
        operator.say('Keep the secret now: it cannot be shown again.')
        operator.answer(made, `${made.url}\n${made.secret}`)
      }),
    )

  webhook
    .command('list')
    .description('list the feeds of a community, and what came of their last delivery')
    .argument('<slug>', 'the community')
    .action((slug: string) =>
      withStore(operator, async ({ db, config }) => {
        const { community_id } = await needCommunity(db, slug)
        const webhooks = await describeWebhooks({ db, baseUrl: config.baseUrl }, community_id)
        operator.answer({ webhooks }, webhooks.map(lineOf).join('\n') || `${slug} has no feeds.`)
      }),
    )

  webhook
    .command('delete')
    .description('delete a feed at once; what it has told stays')
    .argument('<slug>', 'the community')
    .argument('<id>', 'the id of the feed, as webhook list shows it')
    .action((slug: string, id: string) =>
      withStore(operator, async ({ db }) => {
        const { community_id } = await needCommunity(db, slug)
        const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)
        if (!isUuid || !(await deleteWebhook(db.pool, community_id, id)))
          throw new CommandError(`${slug} has no feed ${id}. See them with: webhook list ${slug}`)
        operator.answer({ deleted: id }, `Deleted ${id}.`)
      }),
    )
}

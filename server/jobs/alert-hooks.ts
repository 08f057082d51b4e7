import { randomUUID } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import { listHooks, type StoredHook } from '../store/alert-hooks.ts'
import type { StoredCommunity } from '../store/communities.ts'
import { type OutgoingMail, putInOutbox } from '../store/outbox.ts'
import type { ToldNotice } from './alert-mails.ts'
import { hookBody, testBody } from './hook-message.ts'

type Parts = { baseUrl: string; now: Date }

/** In the outbox a hook is named by its label and its host: its address is a secret. */
const toHook = (hook: StoredHook, communityId: string): Pick<OutgoingMail, 'community_id' | 'to' | 'html' | 'hook'> => ({
  community_id: communityId,
  to: { address: hook.host, name: hook.label },
  html: '',
  hook: { channel: hook.kind, hook_id: hook.hook_id },
})

/** Puts what goes to hooks for a notice into the outbox, in the transaction that tells it. How many hooks it goes to. */
export const addAlertHooks = async (client: ClientBase, community: StoredCommunity, told: ToldNotice, parts: Parts): Promise<number> => {
  const { rule, notice, subject } = told.content
  const on = told.noticed_on ?? told.content.on
  const hooks = (await listHooks(client, community.community_id)).filter(
    (hook) => hook.is_on && (hook.rules === null || hook.rules.includes(rule)),
  )
  for (const hook of hooks)
    await putInOutbox(
      client,
      {
        ...toHook(hook, community.community_id),
        mail_key: `alert-hook:${told.alert_id}:${notice}:${on}:${hook.hook_id}`,
        kind: 'alert-hook',
        subject,
        text: hookBody(hook.kind, told, parts),
      },
      parts.now,
    )
  return hooks.length
}

/** Puts a test for a hook into the outbox. */
export const addHookTest = async (
  db: Pool | ClientBase,
  community: Pick<StoredCommunity, 'community_id' | 'slug' | 'name' | 'time_zone'>,
  hook: StoredHook,
  parts: Parts,
): Promise<void> => {
  await putInOutbox(
    db,
    {
      ...toHook(hook, community.community_id),
      mail_key: `alert-hook-test:${hook.hook_id}:${randomUUID()}`,
      kind: 'test',
      subject: 'A test of alerts',
      text: testBody(hook.kind, community, parts),
    },
    parts.now,
  )
}

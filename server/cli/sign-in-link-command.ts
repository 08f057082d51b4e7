import { makeSignInLink } from '../access/first-administrator.ts'
import { type AddCommands, CommandError, withStore } from './operator.ts'

export const addSignInLinkCommand: AddCommands = (program, operator) => {
  program
    .command('sign-in-link')
    .description('make a link that signs somebody in, once, within 24 hours')
    .argument('[email]', 'whose; without one, the first administrator’s')
    .action((email: string | undefined) =>
      withStore(operator, async ({ db, config }) => {
        const made = await makeSignInLink({ pool: db.pool, baseUrl: config.baseUrl, now: operator.now(), email })
        if (!made)
          throw new CommandError(
            email
              ? `Nobody has the address ${email}. Invite them first, as administrator, on the page People.`
              : 'There is no administrator yet: start the server once with npm start.',
          )
        operator.answer({ link: made.link, email: made.email, name: made.name, expires_at: made.expiresAt.toISOString() }, made.link)
      }),
    )
}

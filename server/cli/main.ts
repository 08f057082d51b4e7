import { once } from 'node:events'
import { Command, CommanderError } from 'commander'
import { ConfigError, readConfig } from '../config.ts'
import { SourceError } from '../ingest/sources/source.ts'
import { CommunityError } from '../store/communities.ts'
import { MigrationError } from '../store/migrate.ts'
import { addAlertCommands } from './alert-commands.ts'
import { addCharterCommands } from './charter-commands.ts'
import { addBotCommands } from './bot-commands.ts'
import { addCommunityCommands } from './community-commands.ts'
import { addDemoCommands } from './demo-commands.ts'
import { addFacilitatorCommands } from './facilitator-commands.ts'
import { addGenerateCommand } from './generate-command.ts'
import { addIdentityCommands } from './identity-commands.ts'
import { addImportCommand } from './import-command.ts'
import { addKeyCommands } from './key-commands.ts'
import { CommandError, EXIT, type Operator } from './operator.ts'
import { addRebuildCommand } from './rebuild-command.ts'
import { addReportCommand } from './report-command.ts'
import { addSignInLinkCommand } from './sign-in-link-command.ts'
import { addThresholdCommands } from './threshold-commands.ts'
import { addWebhookCommands } from './webhook-commands.ts'
import { addChannelCommands } from './channel-commands.ts'
import { addTextCommands } from './text-commands.ts'
import { addWordCommands } from './word-commands.ts'

/** The operator's commands: this file is their only wiring. They work whether or not the server is running. */
const program = new Command('npm run cli --')
  .description('The operator’s commands of Barnraise.')
  .option('--json', 'answer with one JSON object on standard output')
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(add --help for what this command takes)')
  .exitOverride()
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 failed, 2 not understood, 3 done but some rows were rejected.\nKeep npm’s own lines out of standard output with: npm run --silent cli -- …',
  )

const isJson = () => program.opts<{ json?: boolean }>().json === true

const operator: Operator = {
  readConfig: () => readConfig(process.env, process.cwd()),
  now: () => new Date(),
  say: (line) => void process.stderr.write(`${line}\n`),
  answer: (data, text) => void process.stdout.write(isJson() ? `${JSON.stringify(data)}\n` : `${text}\n`),
  isJson,
  write: async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain')
  },
  setExitCode: (code) => {
    process.exitCode = code
  },
  onInterrupt: (stop) => void process.once('SIGINT', stop),
}

// a reader that stops reading, as head does, is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed))

for (const add of [
  addCommunityCommands,
  addKeyCommands,
  addWebhookCommands,
  addFacilitatorCommands,
  addBotCommands,
  addCharterCommands,
  addThresholdCommands,
  addWordCommands,
  addChannelCommands,
  addTextCommands,
  addIdentityCommands,
  addImportCommand,
  addRebuildCommand,
  addReportCommand,
  addAlertCommands,
  addDemoCommands,
  addSignInLinkCommand,
  addGenerateCommand,
])
  add(program, operator)
for (const command of [...program.commands, ...program.commands.flatMap((group) => group.commands)]) command.exitOverride()

/** What a person can act on is said in words; anything else shows where it happened. */
const explain = (error: unknown): { message: string; exitCode: number } => {
  if (error instanceof CommandError) return error
  if (error instanceof CommunityError) return { message: error.message, exitCode: EXIT.usage }
  if (error instanceof SourceError || error instanceof ConfigError || error instanceof MigrationError)
    return { message: error.message, exitCode: EXIT.failed }
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return { message: `The database cannot be reached (${message || code}). Check DATABASE_URL.`, exitCode: EXIT.failed }
  return { message: stack ?? String(error), exitCode: EXIT.failed }
}

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    // commander has said what is wrong, or shown the help that was asked for
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
  } else {
    const { message, exitCode } = explain(error)
    operator.say(message)
    process.exitCode = exitCode
  }
}

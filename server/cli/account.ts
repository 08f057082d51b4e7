import { CommandError, EXIT } from './operator.ts'

/** An account as commands name it: a source and an id in it, which may hold further colons. Throws a CommandError on anything else. */
export const readAccount = (text: string): { source: string; actorId: string } => {
  const colon = text.indexOf(':')
  if (colon < 1 || colon === text.length - 1)
    throw new CommandError(`"${text}" names nobody: write <source>:<actor id>, such as forum:ana.`, EXIT.usage)
  return { source: text.slice(0, colon), actorId: text.slice(colon + 1) }
}

import { createHash } from 'node:crypto'

/** A resolved topic has this before its name, once or more: https://zulip.com/help/resolve-a-topic */
const RESOLVED = /^[✔ ]+(?=[^✔ ])/u
/** Messages without a topic lie side by side, as in any flat chat: https://zulip.com/help/general-chat-topic */
const NO_TOPIC: ReadonlySet<string> = new Set(['', '(no topic)'])

/** The name of a topic, resolved or not. */
export const topicOf = (subject: unknown): string =>
  typeof subject === 'string' ? subject.replace(/^✔ /u, '').replace(RESOLVED, '').trim() : ''

export const isNoTopic = (topic: string): boolean => NO_TOPIC.has(topic)

/**
 * The message that opened each topic, by which its thread is known: a topic that is renamed keeps it. About 50 bytes a topic are
 * held, so a million of them take 50 MB; two share a number once in ten thousand workspaces of that size. Upper and lower case are one, as in Zulip.
 */
export const createTopics = () => {
  const openers = new Map<number, string>()
  return {
    /** The id of the message that opened the topic; its own where none has. */
    openerOf: (streamId: string, topic: string, messageId: string): string => {
      const digest = createHash('md5').update(`${streamId}\n${topic.toLowerCase()}`).digest()
      const key = digest.readUIntBE(0, 6)
      const opener = openers.get(key)
      if (opener !== undefined) return opener
      openers.set(key, messageId)
      return messageId
    },
  }
}

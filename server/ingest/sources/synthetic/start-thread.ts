import type { EventType } from '../../../../shared/contract/event.ts'
import { ACCEPT_SHARE, type Archetype, FOLLOW_UP_SHARE, REACTIONS, type ThreadKind, VIEWS } from './archetypes.ts'
import { type LocalDay, whenAwake } from './calendar.ts'
import type { Random } from './random.ts'
import type { Person, Roster } from './roster.ts'
import type { Talk } from './talk.ts'

const HOUR_MS = 3_600_000
const OPENING: Record<ThreadKind, EventType> = {
  question: 'question.asked',
  discussion: 'post.published',
  article: 'post.published',
  announcement: 'announcement.published',
  edit: 'document.edited',
  task: 'task.completed',
  work_post: 'post.published',
}
const REACTION_NAMES = ['thanks', 'like', 'helpful'] as const

export type Happening = {
  at: number
  type: EventType
  actor: Person
  talk?: Talk
  thread_id?: string
  in_reply_to?: string
  target?: Person | null
  properties?: Record<string, unknown>
}
export type Stage = {
  archetype: Archetype
  random: Random
  roster: Roster
  host: Person
  /** Lets something happen at its time; returns the id of the event. */
  happen: (happening: Happening) => string
}

/** Opens a thread and lets everything that follows from it happen, at its time (response times are log-normal). */
export const startThread = (stage: Stage, kind: ThreadKind, at: number, day: LocalDay, isNoise: boolean): void => {
  const { archetype, random, roster, host, happen } = stage
  const isByHost = !isNoise && random.isTrue(archetype.host_start_share[kind] ?? 0)
  // people who work through questions together also write more of everything else
  const starter = isByHost
    ? host
    : roster.draw(kind === 'question' ? 'asking' : random.isTrue(0.5) ? 'asking' : 'helping', archetype.host_answer_share > 0 ? [host] : [])
  if (!starter) return
  const later = (from: number, medianHours: number, sigma = 1.5) =>
    whenAwake(from + random.logNormal(medianHours, sigma) * HOUR_MS + 60_000, day, random)
  const id = happen({ at, type: OPENING[kind], actor: starter, talk: kind, properties: kind === 'work_post' ? { work: true } : undefined })

  const react = (to: string, from: number, author: Person) => {
    for (let n = random.poisson(REACTIONS); n > 0; n--) {
      const actor = roster.draw('asking', [author])
      if (actor)
        happen({
          at: later(from, 5),
          type: 'reaction.added',
          actor,
          in_reply_to: to,
          thread_id: id,
          properties: { reaction: random.pick(REACTION_NAMES) },
        })
    }
  }
  const view = (from: number) => {
    for (let n = random.poisson(VIEWS); n > 0; n--) {
      const actor = roster.draw('asking', [starter])
      if (actor) happen({ at: later(from, 12), type: 'content.viewed', actor, in_reply_to: id, thread_id: id })
    }
  }
  const reply = (
    from: number,
    medianHours: number,
    to: string,
    target: Person,
    talk: Talk,
    actor: Person | null,
    type: EventType = 'reply.posted',
  ) => {
    if (!actor) return null
    const when = later(from, medianHours)
    const replyId = happen({ at: when, type, actor, talk, thread_id: id, in_reply_to: to, target })
    react(replyId, when, actor)
    view(when)
    return { id: replyId, at: when, actor }
  }

  react(id, at, starter)
  view(at)
  if (kind === 'question') {
    if (!random.isTrue(archetype.answered_share)) return
    const answers = []
    const answerers: Person[] = [starter]
    let from = at
    for (let n = 1 + random.poisson(archetype.further_answers); n > 0; n--) {
      const isHost = !answerers.includes(host) && random.isTrue(archetype.host_answer_share)
      const answerer = isHost ? host : roster.draw('helping', archetype.host_answer_share > 0 ? [...answerers, host] : answerers)
      const answer = reply(from, answers.length === 0 ? 4 : 9, id, starter, 'answer', answerer, 'answer.posted')
      if (!answer) break
      answers.push(answer)
      answerers.push(answer.actor)
      from = answer.at
    }
    const last = answers.at(-1)
    if (last && random.isTrue(FOLLOW_UP_SHARE)) reply(last.at, 3, last.id, last.actor, 'thanks', starter)
    const accepted = answers.length > 0 ? random.pick(answers) : null
    if (accepted && random.isTrue(ACCEPT_SHARE))
      happen({ at: later(accepted.at, 5), type: 'answer.accepted', actor: starter, thread_id: id, in_reply_to: accepted.id })
  } else if (kind === 'discussion' || kind === 'work_post') {
    let previous = { id, at, actor: starter }
    for (let n = 1 + random.poisson(archetype.further_replies); n > 0; n--) {
      const next = reply(
        previous.at,
        6,
        previous.id,
        previous.actor,
        kind === 'work_post' ? 'work_reply' : 'reply',
        roster.draw('helping', [previous.actor]),
      )
      if (next) previous = next
    }
  } else if (kind === 'article') {
    for (let n = random.poisson(archetype.comments); n > 0; n--) {
      const comment = reply(at, 20, id, starter, 'reply', roster.draw('asking', [starter]))
      if (comment && random.isTrue(archetype.host_comment_share)) reply(comment.at, 8, comment.id, comment.actor, 'reply', starter)
    }
  } else if (kind === 'announcement' && archetype.news_replies > 0) {
    for (let n = random.poisson(archetype.news_replies); n > 0; n--) reply(at, 20, id, starter, 'reply', roster.draw('asking', [starter]))
  }
}

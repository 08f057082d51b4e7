import type { Capability } from '../../../../shared/contract/metric.ts'
import { isObject } from '../json-fields.ts'
import { type EventSource, type Place, type ReadOptions, type SourceAccount, SourceError, type SourceItem } from '../source.ts'
import { fileNameOf, firstTextOf, type SourceFile, type SourceFiles } from '../source-files.ts'
import { DISCOURSE_GUIDE } from './guide.ts'
import { OWN_POSTS, readArchiveFile, readableFiles, USER_LIST } from './read-files.ts'
import { readMember } from './read-member.ts'
import { acceptanceOf, authorOf, postEventId, readPost } from './read-post.ts'
import { ArchiveSurvey, isCategory, isMember, isPost, isTopic } from './survey-archive.ts'

/** Files of an archive that are looked into before it is taken for none. */
const MAX_LOOKED_AT = 200
/** Accounts whose latest name is remembered, so that it is not told again with each of their posts. */
const MAX_NAMES = 50_000

const TELLS: readonly Capability[] = ['contributions', 'questions']

/** What the JSON of Discourse's own API looks like, wherever it was saved by. */
const looksLikeDiscourse = (head: string) =>
  /"(post_stream|latest_posts)"\s*:/.test(head) ||
  (/"post_number"\s*:/.test(head) && /"(cooked|topic_id|reply_to_post_number)"\s*:/.test(head))

/**
 * Discourse's JSON as people save it: the API's answers one a file, posts in one list or a file each, in a ZIP, a folder or alone,
 * with the list of users beside them. Every file is read twice: first for what stands where, then for what it says.
 */
export const discourse: EventSource = {
  name: 'discourse',
  title: 'Discourse: topics and posts as JSON, list of users',
  tells: TELLS,
  guide: DISCOURSE_GUIDE,
  recognise: async ({ files }) => {
    for (const file of readableFiles(files).slice(0, MAX_LOOKED_AT)) {
      const head = await firstTextOf(file)
      if (/\.csv$/i.test(fileNameOf(file)) ? USER_LIST.test(head) || OWN_POSTS.test(head) : looksLikeDiscourse(head)) return true
    }
    return false
  },
  read: (files, options) => readArchive(files, options),
}

async function* readArchive({ files }: SourceFiles, options: ReadOptions): AsyncGenerator<SourceItem> {
  const readable = readableFiles(files)
  if (readable.length === 0) throw new SourceError('There is no JSON file and no list of users among the files.')
  const survey = await surveyFiles(readable, options)
  const isSeveral = files.length > 1
  const names = new Map<string, string>()
  const seen = { posts: false, joins: false }
  const place = (file: SourceFile, position: number): Place => (isSeveral ? { position, file: file.path } : { position })
  function* tell(at: Place, account: SourceAccount): Generator<SourceItem> {
    const told = `${account.name ?? ''}\n${account.email ?? ''}`
    if (names.get(account.id) === told) return
    if (names.size >= MAX_NAMES) names.clear()
    names.set(account.id, told)
    yield { ...at, account }
  }
  for (const file of files) if (!readable.includes(file)) yield { ...place(file, 1), skipped: 'file that is neither JSON nor CSV' }
  for (const file of readable) {
    let found = 0
    try {
      for await (const one of readArchiveFile(file, options.encoding)) {
        const at = place(file, one.position)
        if ('problem' in one) yield { ...at, problem: one.problem }
        else if ('unread' in one) yield { ...at, skipped: one.unread }
        else if (isPost(one.item)) {
          found++
          seen.posts = true
          const author = authorOf(one.item)
          const read = readPost(one.item, survey.factsOf(one.item), options.source)
          if (read.kind === 'problem') yield { ...at, problem: read.problem }
          else if (read.kind === 'skipped') yield { ...at, skipped: read.what }
          else if (read.kind === 'deleted') yield { ...at, event: read.event }
          else {
            if (author) yield* tell(at, author)
            yield { ...at, event: read.event, ...linkOf(read, survey) }
            if (read.is_accepted || survey.isAccepted(read.topic_id, read.number)) yield { ...at, event: acceptanceOf(read) }
          }
        } else if (isMember(one.item)) {
          found++
          const read = readMember(one.item, options.source)
          if (read.account === undefined) {
            yield { ...at, problem: read.problem }
            continue
          }
          yield* tell(at, read.account)
          if ('skipped' in read.join) yield { ...at, skipped: read.join.skipped }
          else {
            seen.joins = true
            yield { ...at, event: read.join }
          }
        } else if (isTopic(one.item) || isCategory(one.item)) found++
      }
      if (found === 0) yield { ...place(file, 1), skipped: 'file without posts or people' }
    } catch (error) {
      // one bad file of many is a bad row, not the end
      if (!(error instanceof SourceError) || !isSeveral) throw error
      yield { ...place(file, 1), problem: { pointer: '', code: 'malformed_file', message: error.message } }
    }
  }
  options.declare?.([
    ...(seen.posts ? TELLS : []),
    ...(seen.posts && survey.hasSolved ? (['accepted_answers'] as const) : []),
    ...(seen.joins ? (['joins'] as const) : []),
  ])
}

/** The post it answers, by its number in the topic, and whether the opening post was a question: neither is said by the post itself. */
const linkOf = (
  { event, topic_id, number, reply_to }: Extract<ReturnType<typeof readPost>, { kind: 'post' }>,
  survey: ArchiveSurvey,
): Pick<Extract<SourceItem, { event: unknown }>, 'link'> => {
  const answered = reply_to === null ? null : survey.posts.find(topic_id, reply_to)
  const isQuestion = number === 1 && survey.isSolved(topic_id)
  if (answered === null && !isQuestion) return {}
  return {
    link: {
      in_reply_to: answered === null ? null : postEventId(answered),
      thread_id: event.thread_id as string,
      by: 'source',
      ...(isQuestion ? { is_question: true } : {}),
    },
  }
}

const surveyFiles = async (files: readonly SourceFile[], options: ReadOptions): Promise<ArchiveSurvey> => {
  const survey = new ArchiveSurvey()
  for (const file of files) {
    if (/\.csv$/i.test(fileNameOf(file))) continue
    try {
      for await (const one of readArchiveFile(file, options.encoding)) if ('item' in one && isObject(one.item)) survey.note(one.item)
    } catch (error) {
      // it is said when the file is read
      if (!(error instanceof SourceError)) throw error
    }
  }
  const missing = survey.missing()
  if (missing.posts > 0)
    options.note?.(
      `${missing.topics} topics name ${missing.posts} posts that are in no file: /t/<id>.json gives the first twenty posts alone. Get it with ?print=true, which gives a thousand.`,
    )
  if (survey.posts.isFull)
    options.note?.('The archive has more posts than can be remembered at once: some replies are linked to their topic alone.')
  return survey
}

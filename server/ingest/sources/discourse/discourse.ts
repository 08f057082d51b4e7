import type { Capability } from '../../../../shared/contract/metric.ts'
import { isObject, type JsonObject } from '../json-fields.ts'
import { ImportStopped } from '../import-events.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { type EventSource, type Place, type ReadOptions, type SourceAccount, SourceError, type SourceItem } from '../source.ts'
import { readSite } from '../read-site.ts'
import { fileNameOf, firstTextOf, type SourceFile, type SourceFiles } from '../source-files.ts'
import { DISCOURSE_GUIDE } from './guide.ts'
import { OWN_POSTS, readArchiveFile, readableFiles, USER_LIST } from './read-files.ts'
import { readMember } from './read-member.ts'
import { acceptanceOf, authorOf, postEventId, postUrl, readPost } from './read-post.ts'
import { ArchiveSurvey, isCategory, isMember, isPost, isTopic } from './survey-archive.ts'

/** Files of an archive that are looked into before it is taken for none. */
const MAX_LOOKED_AT = 200
/** Accounts whose latest name is remembered, so that it is not told again with each of their posts. */
const MAX_NAMES = 50_000

/** With everything there is to save; what the files at hand tell is declared when they are read. */
const TELLS: readonly Capability[] = ['contributions', 'questions', 'accepted_answers', 'joins']

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
  const teller = createTeller(survey, options.source, readSite(options.site, 'https://forum.example.org'))
  const isSeveral = files.length > 1
  const place = (file: SourceFile, position: number): Place => (isSeveral ? { position, file: file.path } : { position })
  for (const file of files) if (!readable.includes(file)) yield { ...place(file, 1), skipped: 'file that is neither JSON nor CSV' }
  try {
    for (const file of readable) {
      let isOfUse = false
      let last = 0
      try {
        for await (const one of readArchiveFile(file, options.encoding)) {
          last = one.position
          const at = place(file, last)
          if ('problem' in one) yield { ...at, problem: one.problem }
          else if ('unread' in one) yield { ...at, skipped: one.unread }
          else {
            isOfUse ||= isPost(one.item) || isMember(one.item) || isTopic(one.item) || isCategory(one.item)
            for (const told of teller.tell(one.item)) yield { ...at, ...told }
          }
        }
        if (!isOfUse) yield { ...place(file, 1), skipped: 'file without posts or people' }
      } catch (error) {
        // one bad file of many is a bad row, not the end
        if (!isSeveral) throw error
        yield problemOfFile(error, file, last)
      }
    }
  } finally {
    options.declare?.(teller.tells())
  }
}

type Told = SourceItem extends infer One ? (One extends unknown ? Omit<One, keyof Place> : never) : never

/** What an item of the archive says: the account first, then the event. */
const createTeller = (survey: ArchiveSurvey, source: string, site: string | null) => {
  const names = new Map<string, string>()
  let hasPosts = false
  let hasJoins = false
  function* tellAccount(account: SourceAccount): Generator<Told> {
    const told = `${account.name ?? ''}\n${account.email ?? ''}`
    if (names.get(account.id) === told) return
    if (names.size >= MAX_NAMES) names.clear()
    names.set(account.id, told)
    yield { account }
  }
  function* tellPost(item: JsonObject): Generator<Told> {
    hasPosts = true
    const read = readPost(item, survey.factsOf(item), source)
    if (read.kind === 'problem') yield { problem: read.problem }
    else if (read.kind === 'skipped') yield { skipped: read.what }
    else if (read.kind === 'deleted') yield { event: read.event }
    else {
      const author = authorOf(item)
      if (author) yield* tellAccount(author)
      yield { event: read.event, ...linkOf(read, survey, site) }
      if (read.is_accepted || survey.isAccepted(read.topic_id, read.number)) yield { event: acceptanceOf(read) }
    }
  }
  function* tellMember(item: JsonObject): Generator<Told> {
    const read = readMember(item, source)
    if (read.account === undefined) {
      yield { problem: read.problem }
      return
    }
    yield* tellAccount(read.account)
    if ('skipped' in read.join) yield { skipped: read.join.skipped }
    else {
      hasJoins = true
      yield { event: read.join }
    }
  }
  return {
    *tell(item: JsonObject): Generator<Told> {
      if (isPost(item)) yield* tellPost(item)
      else if (isMember(item)) yield* tellMember(item)
    },
    tells: (): Capability[] => [
      ...(hasPosts ? (['contributions', 'questions'] as const) : []),
      ...(hasPosts && survey.hasSolved ? (['accepted_answers'] as const) : []),
      ...(hasJoins ? (['joins'] as const) : []),
    ],
  }
}

/** The post it answers, by its number in the topic, whether the opening post was a question, and its address: none is said by the post itself. */
const linkOf = (
  { event, topic_id, number, reply_to }: Extract<ReturnType<typeof readPost>, { kind: 'post' }>,
  survey: ArchiveSurvey,
  site: string | null,
): Pick<Extract<SourceItem, { event: unknown }>, 'link'> => {
  const answered = reply_to === null ? null : survey.posts.find(topic_id, reply_to)
  const isQuestion = number === 1 && survey.isSolved(topic_id)
  if (answered === null && !isQuestion && site === null) return {}
  return {
    link: {
      in_reply_to: answered === null ? null : postEventId(answered),
      thread_id: event.thread_id as string,
      by: 'source',
      ...(isQuestion ? { is_question: true } : {}),
      ...(site === null ? {} : { url: postUrl(site, topic_id, number) }),
    },
  }
}

const surveyFiles = async (files: readonly SourceFile[], options: ReadOptions): Promise<ArchiveSurvey> => {
  const survey = new ArchiveSurvey()
  for (const file of files) {
    if (/\.csv$/i.test(fileNameOf(file))) continue
    try {
      for await (const one of readArchiveFile(file, options.encoding, options.note))
        if ('item' in one && isObject(one.item)) survey.note(one.item)
    } catch (error) {
      // it is said when the file is read
      if (!(error instanceof SourceError) || error instanceof ImportStopped) throw error
    }
  }
  const missing = survey.missing()
  if (missing.posts > 0)
    options.note?.(
      `${missing.topics} topics name ${missing.posts} posts that are in no file: /t/<id>.json gives the first twenty posts alone. With ?print=true it gives a thousand, to administrators as often as they like.`,
    )
  if (survey.posts.isFull)
    options.note?.('The archive has more posts than can be remembered at once: some replies are linked to their topic alone.')
  return survey
}

import { describe, expect, it } from 'vitest'
import type { EventInput } from '../../../../shared/contract/event.ts'
import { normaliseEvent } from '../../normalise-event.ts'
import { givenFiles } from '../given-files.ts'
import type { ReadOptions, SourceItem } from '../source.ts'
import { github } from './github.ts'
import { markdownToText } from './markdown-to-text.ts'

const OPTIONS: ReadOptions = { source: 'github', dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }
const read = async (files: Record<string, unknown>, more: Partial<ReadOptions> = {}) => {
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? content : JSON.stringify(content)]),
  )
  const items: SourceItem[] = await Array.fromAsync(github.read(givenFiles(texts, 50), { ...OPTIONS, ...more }))
  return {
    items,
    events: items.flatMap((item) => ('event' in item ? [item.event] : [])),
    accounts: items.flatMap((item) => ('account' in item ? [item.account] : [])),
    skipped: items.flatMap((item) => ('skipped' in item ? [item.skipped] : [])),
    problems: items.flatMap((item) => ('problem' in item ? [item.problem] : [])),
  }
}
const hashOf = (event: EventInput) => normaliseEvent(event, new Date('2030-01-01T00:00:00Z')).ok?.body_hash

const WEB = 'https://github.com/Acme/pumps'
const user = (login: string, more: object = {}) => ({ login, id: 1, type: 'User', url: `https://api.github.com/users/${login}`, ...more })
const issue = (number: number, more: object = {}) => ({
  url: `https://api.github.com/repos/Acme/pumps/issues/${number}`,
  html_url: `${WEB}/issues/${number}`,
  id: 900 + number,
  number,
  title: 'Seal leaks',
  user: user('ana'),
  labels: [],
  comments: 0,
  created_at: '2024-03-01T10:00:00Z',
  body: 'It leaks.',
  ...more,
})
const issueComment = (id: number, number: number, more: object = {}) => ({
  url: `https://api.github.com/repos/Acme/pumps/issues/comments/${id}`,
  html_url: `${WEB}/issues/${number}#issuecomment-${id}`,
  issue_url: `https://api.github.com/repos/Acme/pumps/issues/${number}`,
  id,
  user: user('ben'),
  created_at: '2024-03-02T10:00:00Z',
  body: 'Turn it.',
  ...more,
})
const QA = { name: 'Q&A', isAnswerable: true }
const discussion = (more: object = {}) => ({
  url: `${WEB}/discussions/4`,
  title: 'Which seal?',
  body: 'For hot oil',
  createdAt: '2024-03-01T10:00:00Z',
  author: { __typename: 'User', login: 'ana' },
  category: QA,
  answer: { url: `${WEB}/discussions/4#discussioncomment-50` },
  answerChosenAt: '2024-03-05T10:00:00Z',
  answerChosenBy: { login: 'ana' },
  comments: {
    totalCount: 1,
    nodes: [
      {
        url: `${WEB}/discussions/4#discussioncomment-50`,
        body: 'FKM',
        createdAt: '2024-03-02T10:00:00Z',
        author: { __typename: 'User', login: 'ben' },
        replies: {
          totalCount: 1,
          nodes: [
            {
              url: `${WEB}/discussions/4#discussioncomment-51`,
              body: 'Thanks',
              createdAt: '2024-03-03T10:00:00Z',
              author: { login: 'ana' },
            },
          ],
        },
      },
    ],
  },
  ...more,
})
const answered = (nodes: unknown[], more: object = {}) => ({
  data: { repository: { discussions: { nodes, pageInfo: { hasNextPage: false }, ...more } } },
})

describe('files of GitHub', () => {
  it('reads discussions of GraphQL with comments, replies and the chosen answer', async () => {
    let told: readonly string[] = []
    const { events, accounts } = await read(
      { 'discussions.json': answered([discussion()]) },
      {
        declare: (tells) => {
          told = tells
        },
      },
    )
    const thread = { source: 'github', thread_id: 'acme/pumps/discussions/4' }
    expect(events).toEqual([
      {
        id: 'acme/pumps/discussions/4',
        ...thread,
        type: 'question.asked',
        occurred_at: '2024-03-01T10:00:00Z',
        actor: { id: 'ana' },
        channel: 'pumps: Q&A',
        url: `${WEB}/discussions/4`,
        title: 'Which seal?',
        text: 'For hot oil',
      },
      {
        id: `accept-discussioncomment-50@${Date.parse('2024-03-05T10:00:00Z')}`,
        ...thread,
        type: 'answer.accepted',
        occurred_at: '2024-03-05T10:00:00Z',
        actor: { id: 'ana' },
        in_reply_to: 'discussioncomment-50',
      },
      expect.objectContaining({
        id: 'discussioncomment-50',
        type: 'reply.posted',
        in_reply_to: 'acme/pumps/discussions/4',
        channel: 'pumps: Q&A',
      }),
      expect.objectContaining({
        id: 'discussioncomment-51',
        type: 'reply.posted',
        in_reply_to: 'discussioncomment-50',
        actor: { id: 'ana' },
      }),
    ])
    expect(accounts).toEqual([
      { id: 'ana', name: 'ana' },
      { id: 'ben', name: 'ben' },
    ])
    expect(told).toEqual(['contributions', 'questions', 'accepted_answers'])
  })

  it('tells news and talk from questions by the category', async () => {
    const of = async (category: object | undefined) => (await read({ 'a.json': answered([discussion({ category })]) })).events[0]
    expect(await of({ name: 'Announcements', isAnswerable: false })).toMatchObject({
      type: 'announcement.published',
      channel: 'pumps: Announcements',
    })
    expect(await of({ name: 'General', isAnswerable: false })).toMatchObject({ type: 'message.posted', channel: 'pumps: General' })
    expect(await of(undefined)).toMatchObject({ type: 'message.posted' })
  })

  it('reads issues and their comments of REST, in one file or pages one behind the other or slurped', async () => {
    const pages = [[issue(1), issue(2)], [issue(3)]]
    for (const text of [
      pages.flat(),
      pages,
      pages.map((page) => JSON.stringify(page)).join(''),
      pages
        .flat()
        .map((one) => JSON.stringify(one))
        .join('\n'),
    ]) {
      const { events } = await read({ 'issues.json': text, 'comments.json': [issueComment(77, 1)] })
      expect(events.map(({ id, type, thread_id, channel }) => [id, type, thread_id, channel])).toEqual([
        ['acme/pumps/issues/1', 'message.posted', 'acme/pumps/issues/1', 'pumps: issues'],
        ['acme/pumps/issues/2', 'message.posted', 'acme/pumps/issues/2', 'pumps: issues'],
        ['acme/pumps/issues/3', 'message.posted', 'acme/pumps/issues/3', 'pumps: issues'],
        ['issuecomment-77', 'reply.posted', 'acme/pumps/issues/1', 'pumps: issues'],
      ])
    }
  })

  it('takes an issue with a label that says so for a question, outside of the event', async () => {
    const { items } = await read({
      'a.json': [issue(1, { labels: [{ name: 'kind/support' }] }), issue(2, { labels: [{ name: 'help wanted' }, 'bug'] })],
    })
    const [asked, other] = items.filter((item) => 'event' in item)
    expect(asked).toMatchObject({ event: { type: 'message.posted' }, link: { is_question: true, by: 'source' } })
    expect(other).not.toHaveProperty('link')
    const { event, link } = asked as Extract<SourceItem, { event: EventInput }>
    expect(normaliseEvent(event, new Date('2030-01-01T00:00:00Z'), undefined, link).ok).toMatchObject({ type: 'question.asked' })
  })

  it('counts pull requests as work, with reviews and comments as replies in their thread', async () => {
    const pull = { ...issue(5), html_url: `${WEB}/pull/5`, title: 'Harder seal' }
    const review = (id: number, more: object) => ({
      html_url: `${WEB}/pull/5#pullrequestreview-${id}`,
      user: user('ben'),
      submitted_at: '2024-03-02T10:00:00Z',
      body: '',
      ...more,
    })
    const line = {
      html_url: `${WEB}/pull/5#discussion_r9`,
      user: user('ben'),
      created_at: '2024-03-02T10:00:00Z',
      body: 'Why?',
      in_reply_to_id: 8,
    }
    const { events, skipped } = await read({
      // the list of issues has pull requests too
      'issues.json': [{ ...pull, pull_request: { url: 'x' } }],
      'pulls.json': [pull],
      'reviews.json': [
        review(1, { state: 'APPROVED' }),
        review(2, { state: 'COMMENTED' }),
        review(3, { state: 'PENDING', body: 'Hm' }),
        review(4, { state: 'commented', body: 'Good' }),
      ],
      'review-comments.json': [line],
    })
    expect(events[0]).toMatchObject({
      id: 'acme/pumps/pull/5',
      type: 'post.published',
      properties: { work: true },
      channel: 'pumps: pull requests',
    })
    expect(events[1]).toEqual(events[0])
    expect(events.slice(2).map(({ id, in_reply_to }) => [id, in_reply_to])).toEqual([
      ['pullrequestreview-1', undefined],
      ['pullrequestreview-4', undefined],
      ['discussion_r9', 'discussion_r8'],
    ])
    expect(skipped).toEqual(['review without words of its own', 'review not yet sent'])
  })

  it('gives the same event for REST, GraphQL and the lists of gh', async () => {
    const rest = (await read({ 'a.json': [issue(1)] })).events[0] as EventInput
    const queried = {
      url: `${WEB}/issues/1`,
      title: 'Seal leaks',
      body: 'It leaks.\r\n',
      createdAt: '2024-03-01T10:00:00Z',
      author: { login: 'ana' },
    }
    const asked = (await read({ 'a.json': { data: { repository: { issues: { edges: [{ node: queried }] } } } } })).events[0] as EventInput
    const listed = (
      await read({
        'a.json': [{ ...queried, number: 1, state: 'OPEN', comments: [], author: { is_bot: false, login: 'ana', name: 'Ana' } }],
      })
    ).events[0] as EventInput
    expect(new Set([rest, asked, listed].map(hashOf)).size).toBe(1)
  })

  it('knows bots, whichever way they are named, and leaves deleted accounts out', async () => {
    const { events, accounts } = await read({
      'a.json': [issue(1, { user: user('dependabot[bot]', { type: 'Bot' }) }), issue(2, { user: null }), issue(3, { user: user('ghost') })],
      'b.json': answered([
        discussion({ author: { __typename: 'Bot', login: 'dependabot' }, comments: { nodes: [] } }),
        discussion({ url: `${WEB}/discussions/5`, author: null, comments: { nodes: [] } }),
      ]),
    })
    expect(accounts).toEqual([
      { id: 'dependabot[bot]', name: 'dependabot[bot]', is_bot: true },
      { id: 'dependabot[bot]', name: 'dependabot', is_bot: true },
    ])
    expect(events.filter(({ type }) => type !== 'answer.accepted').map(({ actor }) => actor?.id ?? null)).toEqual([
      'dependabot[bot]',
      null,
      null,
      'dependabot[bot]',
      null,
    ])
  })

  it('takes back a deleted comment and passes spam and the events of GH Archive by', async () => {
    const comment = (id: number, more: object) => ({
      url: `${WEB}/discussions/4#discussioncomment-${id}`,
      body: '',
      createdAt: '2024-03-02T10:00:00Z',
      ...more,
    })
    const { events, skipped } = await read({
      'a.json': answered([
        discussion({ comments: { nodes: [comment(1, { deletedAt: '2024-03-03T10:00:00Z' }), comment(2, { minimizedReason: 'spam' })] } }),
      ]),
      'b.json': '{"id":"1","type":"IssuesEvent","repo":{},"payload":{"issue":{}}}\n',
    })
    expect(events.at(-1)).toMatchObject({ id: 'delete-discussioncomment-1', type: 'content.deleted', in_reply_to: 'discussioncomment-1' })
    expect(skipped).toEqual(['comment hidden as spam', 'event of GH Archive'])
  })

  it('says what is cut off: by a query, by a file left out, by an error in the place of a page', async () => {
    const notes: string[] = []
    const cut = discussion({ comments: { totalCount: 130, pageInfo: { hasNextPage: true }, nodes: [] } })
    const { problems } = await read(
      {
        'a.json': answered([cut]),
        'b.json': [issue(1, { comments: 3 })],
        'c.json': { message: 'Bad credentials', documentation_url: 'https://docs.github.com' },
      },
      { note: (text) => void notes.push(text) },
    )
    expect(notes).toEqual([
      '1 discussions, issues or comments have more below them than the file holds, 130 at least: ask for more at a time, or for the rest.',
      'Issues and pull requests count 3 comments, and the files hold 0: add the file of issue comments.',
    ])
    expect(problems).toEqual([{ pointer: '', code: 'invalid_value', message: 'GitHub answered with an error: Bad credentials' }])
  })

  it('names bad rows and reads on; a cut file keeps what stands before', async () => {
    const { events, problems } = await read({
      'a.json': [
        issue(1),
        { title: 'No address', body: '', created_at: '2024-03-01T10:00:00Z' },
        issue(2, { created_at: undefined, createdAt: null }),
        issue(3, { created_at: '1970-01-01T00:00:00Z' }),
      ],
      'b.json': '[{"html_url":',
    })
    expect(events).toHaveLength(1)
    expect(problems.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/html_url', 'missing_field'],
      ['/created_at', 'missing_field'],
      ['/created_at', 'invalid_value'],
      ['', 'malformed_json'],
    ])
    await expect(read({ 'a.json': JSON.stringify([issue(1)]).slice(0, -5) })).rejects.toThrow(/ends in the middle/)
  })

  it('is recognised by the addresses in it', async () => {
    const is = (text: unknown) => github.recognise(givenFiles({ 'a.json': JSON.stringify(text) }))
    expect(await is([issue(1)])).toBe(true)
    expect(await is(answered([discussion()]))).toBe(true)
    expect(await is({ guild: {}, messages: [] })).toBe(false)
    expect(await is([{ id: '1', type: 'question.asked', occurred_at: '2024-01-01T00:00:00Z', url: `${WEB}/issues/1` }])).toBe(false)
    expect(await is({ messages: [{ embeds: [{ url: `${WEB}/issues/1` }] }] })).toBe(false)
    expect(await is([{ id: '1', type: 'question.asked', url: 'https://forum.example.org/issues' }])).toBe(false)
  })
})

describe('the text of a comment', () => {
  it.each(['<!--', '<a ', '[', '![', '```\n', '> ', '*'])('is found soon in one made of nothing but %j', (opening) => {
    const started = performance.now()
    markdownToText(opening.repeat(600_000 / opening.length))
    expect(performance.now() - started).toBeLessThan(3000)
  })

  it('leaves out code, quotes, templates, pictures and addresses', () => {
    const text =
      '<!-- Fill in -->\r\n## Bug\r\n> Did you try?\r\n\r\nYes, see [the manual](https://x.org) and ![pic](https://y.org/a.png).\r\n```js\nawait pump()\n```\r\nhttps://z.org\r\n- one `seal`\n~~~\nnever closed'
    expect(markdownToText(text)).toBe('Bug Yes, see the manual and . one seal')
  })
})

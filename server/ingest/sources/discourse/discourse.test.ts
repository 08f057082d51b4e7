import { describe, expect, it } from 'vitest'
import type { EventInput } from '../../../../shared/contract/event.ts'
import { normaliseEvent } from '../../normalise-event.ts'
import { givenFiles } from '../given-files.ts'
import type { ReadOptions, SourceItem } from '../source.ts'
import { cookedToText } from './cooked-to-text.ts'
import { discourse } from './discourse.ts'
import { PostIndex } from './post-index.ts'

const OPTIONS: ReadOptions = { source: 'discourse', dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }
const read = async (files: Record<string, unknown>, more: Partial<ReadOptions> = {}, size = 1000) => {
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? content : JSON.stringify(content)]),
  )
  const items: SourceItem[] = await Array.fromAsync(discourse.read(givenFiles(texts, size), { ...OPTIONS, ...more }))
  return {
    items,
    events: items.flatMap((item) => ('event' in item ? [item.event] : [])),
    accounts: items.flatMap((item) => ('account' in item ? [item.account] : [])),
    skipped: items.flatMap((item) => ('skipped' in item ? [item.skipped] : [])),
    problems: items.flatMap((item) => ('problem' in item ? [item.problem] : [])),
    linkOf: (id: string) =>
      items.find((item) => 'event' in item && item.event.id === id && item.link !== undefined) as
        | Extract<SourceItem, { event: EventInput }>
        | undefined,
  }
}

/** A post as PostSerializer writes it, what is not read left out. */
const post = (id: number, number: number, more: Record<string, unknown> = {}) => ({
  id,
  name: 'Ana Pérez',
  username: 'ana',
  created_at: `2024-03-01T10:${String(number).padStart(2, '0')}:00.123Z`,
  updated_at: '2024-03-02T00:00:00.000Z',
  cooked: `<p>Post ${id}</p>`,
  post_number: number,
  post_type: 1,
  reply_to_post_number: null,
  topic_id: 7,
  user_id: 41,
  hidden: false,
  deleted_at: null,
  user_deleted: false,
  ...more,
})
const topic = (posts: unknown[], more: Record<string, unknown> = {}) => ({
  post_stream: { posts, stream: posts.map((one) => (one as { id: number }).id) },
  id: 7,
  title: 'Which seal for hot oil?',
  posts_count: posts.length,
  category_id: 5,
  archetype: 'regular',
  ...more,
})
const SITE = { categories: [{ id: 5, name: 'Pump help', slug: 'pump-help', topic_count: 3, read_restricted: false }] }

describe('a Discourse archive', () => {
  it('reads a topic: its opener untyped, replies to the posts they name, accounts beside them', async () => {
    const posts = [
      post(101, 1),
      post(105, 2, { user_id: 42, username: 'ben', name: '' }),
      post(108, 4, { user_id: 41, reply_to_post_number: 2 }),
    ]
    const found = await read({ 't/7.json': topic(posts), 'site.json': SITE }, {}, 7)
    expect(found.events).toEqual([
      {
        id: 'post-101',
        source: 'discourse',
        type: 'message.posted',
        occurred_at: '2024-03-01T10:01:00.123Z',
        actor: { id: '41' },
        thread_id: 'topic-7',
        channel: 'pump-help',
        title: 'Which seal for hot oil?',
        text: 'Post 101',
        properties: { post_number: 1 },
      },
      expect.objectContaining({ id: 'post-105', type: 'reply.posted', actor: { id: '42' }, thread_id: 'topic-7', channel: 'pump-help' }),
      expect.objectContaining({ id: 'post-108', type: 'reply.posted' }),
    ])
    expect(found.events[1]).not.toHaveProperty('title')
    expect(found.linkOf('post-108')?.link).toEqual({ in_reply_to: 'post-105', thread_id: 'topic-7', by: 'source' })
    expect(found.accounts).toEqual([
      { id: '41', name: 'Ana Pérez' },
      { id: '42', name: 'ben' },
    ])
    expect(found.items.find((item) => 'event' in item)).toMatchObject({ file: 't/7.json', position: 1 })
  })

  it('links to the originals where the address of the forum is given, outside of the event', async () => {
    const files = { 'a.json': topic([post(101, 1), post(105, 2)]) }
    const linked = await read(files, { site: 'forum.example.org' })
    expect(linked.linkOf('post-105')?.link).toMatchObject({ in_reply_to: null, by: 'source', url: 'https://forum.example.org/t/7/2' })
    expect(linked.events).toEqual((await read(files)).events)
    const { event, link } = linked.linkOf('post-105') as Extract<SourceItem, { event: EventInput }>
    expect(normaliseEvent(event, new Date('2025-01-01T00:00:00Z'), undefined, link).ok?.url).toBe('https://forum.example.org/t/7/2')
    await expect(read(files, { site: 'javascript://x' })).rejects.toThrow(/not the address of a site/)
  })

  it('finds the post answered in pages that begin with the newest, and in a file each', async () => {
    const pages = {
      'posts-1.json': { latest_posts: [post(108, 3, { reply_to_post_number: 2, topic_title: 'Seals', category_id: 5 })] },
      'posts-2.json': { latest_posts: [post(105, 2, { topic_title: 'Seals' }), post(101, 1, { topic_title: 'Seals' })] },
    }
    for (const files of [
      pages,
      Object.fromEntries(
        [108, 105, 101].map((id, at) => [`posts/${id}-ana-seals.json`, post(id, 3 - at, id === 108 ? { reply_to_post_number: 2 } : {})]),
      ),
    ]) {
      const found = await read(files)
      expect(found.events.map(({ id }) => id)).toEqual(['post-108', 'post-105', 'post-101'])
      expect(found.linkOf('post-108')?.link?.in_reply_to).toBe('post-105')
    }
    expect((await read(pages)).events.map(({ title, channel }) => [title, channel])).toEqual([
      [undefined, '5-category'],
      [undefined, '5-category'],
      ['Seals', '5-category'],
    ])
  })

  it('reads lists of topics, pages slurped into lists of lists, lines, and what Perceval keeps', async () => {
    const one = topic([post(101, 1)])
    const two = topic([post(201, 1, { topic_id: 8 })], { id: 8 })
    for (const text of [
      JSON.stringify([one, two]),
      JSON.stringify([[one], [two]]),
      `${JSON.stringify(one)}\n${JSON.stringify(two)}\n`,
      `${JSON.stringify({ backend_name: 'Discourse', data: one })}\n${JSON.stringify({ data: two })}`,
      JSON.stringify(one) + JSON.stringify(two),
    ])
      expect((await read({ 'topics.json': text })).events.map(({ id, thread_id, title }) => [id, thread_id, title])).toEqual([
        ['post-101', 'topic-7', 'Which seal for hot oil?'],
        ['post-201', 'topic-8', 'Which seal for hot oil?'],
      ])
  })

  it('takes an accepted answer from the post or the topic, and its topic for a question', async () => {
    const posts = [post(101, 1), post(105, 2, { user_id: 42 })]
    const byPost = [posts[0], { ...posts[1], accepted_answer: true }]
    let told: readonly string[] = []
    for (const files of [topic(byPost), topic(posts, { accepted_answer: { post_number: 2, username: 'ben' } })]) {
      const found = await read(
        { 'a.json': files },
        {
          declare: (tells) => {
            told = tells
          },
        },
      )
      expect(found.events.at(-1)).toEqual({
        id: 'accept-7-105',
        source: 'discourse',
        type: 'answer.accepted',
        occurred_at: '2024-03-01T10:02:00.123Z',
        thread_id: 'topic-7',
        in_reply_to: 'post-105',
      })
      expect(told).toEqual(['contributions', 'questions', 'accepted_answers'])
      // outside of the event, so that the post from before it was solved is the same one
      expect(found.events[0]?.type).toBe('message.posted')
      const { event, link } = found.linkOf('post-101') as Extract<SourceItem, { event: EventInput }>
      const solved = normaliseEvent(event, new Date('2025-01-01T00:00:00Z'), undefined, link)
      const before = normaliseEvent(event, new Date('2025-01-01T00:00:00Z'))
      expect(solved.ok).toMatchObject({ type: 'question.asked', classified_by: 'source', inferred_link: null })
      expect(solved.ok?.body_hash).toBe(before.ok?.body_hash)
    }
    await read(
      { 'a.json': topic(posts) },
      {
        declare: (tells) => {
          told = tells
        },
      },
    )
    expect(told).toEqual(['contributions', 'questions'])
  })

  it('passes by what is no post of the community, each by its name', async () => {
    const found = await read({
      'a.json': topic([
        post(1, 1),
        post(2, 2, { post_type: 2 }),
        post(3, 3, { post_type: 3, cooked: '' }),
        post(4, 4, { post_type: 4 }),
        post(5, 5, { hidden: true }),
        post(6, 6, { post_type: 9 }),
      ]),
      'b.json': topic([post(11, 1, { topic_id: 9 })], { id: 9, archetype: 'private_message' }),
      'c.json': post(12, 1, { topic_id: 10, topic_archetype: 'private_message' }),
      'readme.md': '# Archive',
    })
    expect(found.events.map(({ id }) => id)).toEqual(['post-1'])
    expect(found.skipped.sort()).toEqual([
      'file that is neither JSON nor CSV',
      'moderator action',
      'post hidden by flags',
      'post of type 9',
      'private message',
      'private message',
      'small action',
      'whisper',
    ])
  })

  it('takes back a post that is deleted, by the staff or its author', async () => {
    const found = await read({
      'a.json': topic([post(1, 1), post(2, 2, { deleted_at: '2024-04-01T00:00:00.000Z' }), post(3, 3, { user_deleted: true })]),
    })
    expect(found.events.slice(1)).toMatchObject([
      { id: 'delete-post-2', type: 'content.deleted', occurred_at: '2024-04-01T00:00:00.000Z', in_reply_to: 'post-2' },
      { id: 'delete-post-3', type: 'content.deleted', occurred_at: '2024-03-02T00:00:00.000Z', in_reply_to: 'post-3' },
    ])
  })

  it('knows the system and the bots, and leaves the author of a post open whose account is deleted', async () => {
    const found = await read({
      'a.json': topic([
        post(1, 1, { user_id: -1, username: 'system', name: 'system' }),
        post(2, 2, { user_id: -2, username: 'discobot', name: '' }),
        post(3, 3, { user_id: null, username: null, name: null }),
      ]),
    })
    expect(found.accounts).toEqual([
      { id: '-1', name: 'system', is_bot: true },
      { id: '-2', name: 'discobot', is_bot: true },
    ])
    expect(found.events.map(({ actor }) => actor)).toEqual([{ id: '-1' }, { id: '-2' }, null])
  })

  it('gives the same events for an account renamed since', async () => {
    const before = await read({ 'a.json': topic([post(1, 1)]) })
    const after = await read({ 'a.json': topic([post(1, 1, { name: 'Ana Ruiz', username: 'ana_r' })]) })
    expect(after.events).toEqual(before.events)
    expect(after.accounts).toEqual([{ id: '41', name: 'Ana Ruiz' }])
  })

  it('keeps the id of a post that was moved to another topic, so that it is found to contradict', async () => {
    const before = (await read({ 'a.json': topic([post(1, 1), post(2, 2)]) })).events[1] as EventInput
    const after = (await read({ 'a.json': topic([post(2, 1, { topic_id: 9 })], { id: 9 }) })).events[0] as EventInput
    expect(after.id).toBe(before.id)
    const hashOf = (event: EventInput) => normaliseEvent(event, new Date('2025-01-01T00:00:00Z')).ok?.body_hash
    expect(hashOf(after)).not.toBe(hashOf(before))
  })

  it('reads who joined from the list of users', async () => {
    const csv = `id,name,username,email,title,created_at,last_seen_at,trust_level,active,staged,secondary_emails
-1,system,system,no_reply@example.org,,2020-01-01 00:00:00 UTC,,4,true,false,
41,"Pérez, Ana",ana,ana@example.org,,2020-05-06 07:08:09 UTC,2024-01-01 00:00:00 UTC,2,true,false,
42,,ben,ben@example.org,,2020-06-06 07:08:09 UTC,,0,false,false,
43,,mailer,m@example.org,,2020-07-06 07:08:09 UTC,,0,true,true,
44,,cara,c@example.org,,yesterday,2024-01-01 00:00:00 UTC,1,true,false,
`
    let told: readonly string[] = []
    const found = await read(
      { 'user-list-1.csv': csv },
      {
        declare: (tells) => {
          told = tells
        },
      },
    )
    expect(found.events).toEqual([
      { id: 'join-41', source: 'discourse', type: 'member.joined', occurred_at: '2020-05-06T07:08:09Z', actor: { id: '41' } },
    ])
    expect(found.accounts).toContainEqual({ id: '41', name: 'Pérez, Ana', email: 'ana@example.org' })
    expect(found.skipped).toEqual([
      'account of Discourse itself',
      'account that was never activated',
      'staged account: a sender of mail who never signed up',
    ])
    expect(found.problems).toMatchObject([{ pointer: '/created_at', code: 'invalid_time' }])
    expect(told).toEqual(['joins'])
    const admin = [{ id: 41, username: 'ana', created_at: '2020-05-06T07:08:09.321Z', trust_level: 2, active: true, last_seen_at: null }]
    expect((await read({ 'active.json': admin })).events).toEqual(found.events)
  })

  it('names bad rows and reads on, and one bad file of many is no end', async () => {
    const found = await read({
      'a.json': topic([
        post(1, 1),
        { ...post(2, 2), topic_id: undefined },
        post(3, 0),
        { ...post(4, 4), created_at: undefined },
        post(5, 5, { created_at: '1970-01-01T00:00:00.000Z' }),
      ]),
      'b.json': '{"post_stream":{"posts":[{"id":',
      'c.json': topic([post(21, 1, { topic_id: 8 })], { id: 8 }),
    })
    expect(found.events.map(({ id }) => id)).toEqual(['post-1', 'post-21'])
    expect(found.problems.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/topic_id', 'missing_field'],
      ['/post_number', 'invalid_value'],
      ['/created_at', 'missing_field'],
      ['/created_at', 'invalid_value'],
      ['', 'malformed_json'],
    ])
  })

  it('keeps what stands before the place where its only file is cut, and says so', async () => {
    const text = JSON.stringify(topic([post(1, 1), post(2, 2)]))
    const items: SourceItem[] = []
    const reading = async () => {
      for await (const item of discourse.read(givenFiles({ 'a.json': text.slice(0, text.indexOf('Post 2')) }), OPTIONS)) items.push(item)
    }
    await expect(reading()).rejects.toThrow(/a\.json ends in the middle, after 1 entry/)
    expect(items.filter((item) => 'event' in item)).toHaveLength(1)
  })

  it('says when topics name posts that no file holds', async () => {
    const notes: string[] = []
    const cut = topic([post(1, 1), post(2, 2)])
    cut.post_stream.stream = [1, 2, 3, 4, 5]
    await read({ 'a.json': cut }, { note: (text) => void notes.push(text) })
    expect(notes).toEqual([expect.stringMatching(/^1 topics name 3 posts that are in no file.*print=true/)])
    // the rest lies in another file
    notes.length = 0
    await read(
      { 'a.json': cut, 'b.json': { post_stream: { posts: [post(3, 3), post(4, 4), post(5, 5)] } } },
      { note: (text) => void notes.push(text) },
    )
    expect(notes).toEqual([])
  })

  it('is recognised by what its files hold', async () => {
    const is = (files: Record<string, string>) => discourse.recognise(givenFiles(files))
    expect(await is({ 'x.json': JSON.stringify(topic([post(1, 1)])) })).toBe(true)
    expect(await is({ '.state.json': '{"last":1}', 'posts/1.json': JSON.stringify(post(1, 1)) })).toBe(true)
    expect(await is({ 'users.csv': 'id,name,username,email,title,created_at,last_seen_at\n' })).toBe(true)
    expect(await is({ '7.json?print=true': JSON.stringify(topic([post(1, 1)])) })).toBe(true)
    expect(await is({ 'members.csv': 'id,name,joined\n' })).toBe(false)
    expect(await is({ 'channel.json': '{"guild":{"id":"1"},"messages":[]}' })).toBe(false)
    await expect(read({ 'a.png': 'x' })).rejects.toThrow(/no JSON file/)
  })

  it('passes by what one person downloads of their own posts', async () => {
    const csv =
      'topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at\nSeals,Help,No,Hi,<p>Hi</p>,0,0,x,2024-01-01\n'
    expect((await read({ 'user_archive.csv': csv })).skipped).toContain('one person’s own posts')
  })
})

describe('the text of a post', () => {
  it('leaves out what others said and what Discourse adds later', () => {
    const quote =
      '<aside class="quote"><div class="title">ben:</div><blockquote>Is <aside class="quote">old</aside> it hot?</blockquote></aside>'
    expect(cookedToText(`${quote}<p>Yes, <b>very</b>.</p>`)).toBe('Yes, very .')
    const fresh =
      '<p>See</p><p><a href="https://x.org/a" class="onebox" target="_blank">https://x.org/a</a></p><p>and <a href="https://x.org/b">https://x.org/b</a></p>'
    const baked =
      '<p>See</p><aside class="onebox allowlistedgeneric"><article><h3><a href="https://x.org/a">A page</a></h3></article></aside><p>and <a href="https://x.org/b" class="inline-onebox">B page</a></p>'
    expect(cookedToText(baked)).toBe(cookedToText(fresh))
    expect(cookedToText('<p>Read <a href="https://x.org">the manual</a></p>')).toBe('Read the manual')
    const image = '<p>Look <img alt="pump"></p>'
    expect(
      cookedToText(
        '<p>Look <div class="lightbox-wrapper"><a class="lightbox"><img alt="pump"><div class="meta"><span>pump</span><span>690×388</span></div></a></div></p>',
      ),
    ).toBe(cookedToText(image))
    expect(cookedToText('<p>a</p><aside>never closed')).toBe('a')
  })

  it.each(['<', '<a ', '<aside ', '<pre ', '<div class="meta">', '&'])('is found soon in a post made of nothing but %s', (opening) => {
    const started = performance.now()
    cookedToText(opening.repeat(600_000 / opening.length))
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

describe('the index of posts', () => {
  it('finds ids by topic and number, and stays within its bound', () => {
    const index = new PostIndex(8192)
    for (let topicId = 1; topicId <= 40; topicId++)
      for (let number = 1; number <= 100; number++) index.add(topicId, number, topicId * 1000 + number)
    for (let topicId = 1; topicId <= 40; topicId++)
      for (let number = 1; number <= 100; number++) expect(index.find(topicId, number)).toBe(topicId * 1000 + number)
    expect(index.find(41, 1)).toBeNull()
    expect(index.isFull).toBe(false)
    for (let number = 1; number <= 4000; number++) index.add(99, number, number)
    expect(index.isFull).toBe(true)
    expect(index.find(40, 100)).toBe(40_100)
  })
})

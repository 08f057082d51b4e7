/** Made-up archives of any size, one of each format that can be imported; written piece by piece. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type MadeMessage, madeChannels, madePeople, makeMessage, THREAD_MESSAGES } from './made-talk.ts'
import { openZipWriter } from './write-zip.ts'

export type MadeArchive = { path: string; bytes: number }

const PIECE_LENGTH = 1024 * 1024

/** Writes `head`, then messages until the file has `bytes`, then `tail`. */
const writeFile = (
  path: string,
  bytes: number,
  parts: { head: string; message: (made: MadeMessage) => string; between: string; tail: string },
) => {
  const file = openSync(path, 'w')
  let written = writeSync(file, parts.head)
  for (let no = 0; written < bytes; ) {
    let piece = ''
    // up to the end of a thread: what its first message names is there
    while ((piece.length < PIECE_LENGTH && written + piece.length < bytes) || no % THREAD_MESSAGES !== 0) {
      piece += (no === 0 ? '' : parts.between) + parts.message(makeMessage(no))
      no++
    }
    written += writeSync(file, piece)
  }
  written += writeSync(file, parts.tail)
  closeSync(file)
  return written
}

const quoted = (cells: readonly (string | number)[]) => cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const seconds = (at: Date) => at.getTime() / 1000
const isOpening = ({ no, thread }: MadeMessage) => no === thread

type Make = (folder: string, bytes: number) => MadeArchive

const inFile =
  (name: string, parts: Parameters<typeof writeFile>[2]): Make =>
  (folder, bytes) => {
    const path = join(folder, name)
    return { path, bytes: writeFile(path, bytes, parts) }
  }
const jsonList = (message: (made: MadeMessage) => object, head = '[\n', tail = '\n]\n') => ({
  head,
  message: (made: MadeMessage) => JSON.stringify(message(made)),
  between: ',\n',
  tail,
})

const csv = inFile('events.csv', {
  head: 'id,type,occurred_at,actor_id,actor_name,thread_id,in_reply_to,channel,text\r\n',
  message: (made) =>
    `${[
      made.no,
      isOpening(made) ? 'message.posted' : 'reply.posted',
      made.at.toISOString(),
      made.person,
      `Person ${made.person}`,
      made.thread,
      isOpening(made) ? '' : made.thread,
      made.channel,
    ].join(',')},"${made.text}"\r\n`,
  between: '',
  tail: '',
})

const ndjson = inFile('events.ndjson', {
  head: '',
  message: (made) =>
    `${JSON.stringify({
      id: `m${made.no}`,
      type: isOpening(made) ? 'message.posted' : 'reply.posted',
      occurred_at: made.at.toISOString(),
      actor: { id: `p${made.person}` },
      thread_id: `m${made.thread}`,
      in_reply_to: isOpening(made) ? null : `m${made.thread}`,
      channel: made.channel,
      text: made.text,
    })}\n`,
  between: '',
  tail: '',
})

const discord = inFile(
  'help.json',
  jsonList(
    (made) => ({
      id: `${1_000_000 + made.no}`,
      type: isOpening(made) ? 'Default' : 'Reply',
      timestamp: made.at.toISOString(),
      timestampEdited: null,
      isPinned: false,
      content: made.text,
      author: { id: `${made.person}`, name: `person${made.person}`, discriminator: '0000', nickname: null, isBot: false, roles: [] },
      attachments: [],
      embeds: [],
      reactions: [],
      mentions: [],
      ...(isOpening(made) ? {} : { reference: { messageId: `${1_000_000 + made.thread}`, channelId: '100', guildId: '900' } }),
    }),
    '{"guild":{"id":"900","name":"Pumps"},"channel":{"id":"100","type":"GuildTextChat","categoryId":"50","category":"Text","name":"help","topic":null},"dateRange":{"after":null,"before":null},"messages":[\n',
    '\n],"messageCount":1}\n',
  ),
)

const zulip: Make = (folder, bytes) => {
  const path = join(folder, 'zulip')
  mkdirSync(path)
  const realm = openSync(join(path, 'realm.json'), 'w')
  writeSync(
    realm,
    JSON.stringify({
      zerver_realm: [{ id: 1, name: 'Pumps' }],
      zerver_userprofile: madePeople.map(({ id, name, email }) => ({
        id,
        full_name: name,
        email,
        delivery_email: email,
        is_bot: false,
        is_active: true,
        date_joined: 1_400_000_000 + id,
      })),
      zerver_userprofile_crossrealm: [],
      zerver_userprofile_mirrordummy: [],
      zerver_stream: madeChannels.map((name, id) => ({ id, name, invite_only: false })),
      zerver_recipient: madeChannels.map((_, id) => ({ id: 100 + id, type_id: id, type: 2 })),
      zerver_realmauditlog: [],
      zerver_subscription: [],
      zerver_reaction: [],
    }),
  )
  closeSync(realm)
  const written = writeFile(
    join(path, 'messages-000001.json'),
    bytes,
    jsonList(
      (made) => ({
        id: made.no + 1,
        sender: made.person,
        recipient: 100 + madeChannels.indexOf(made.channel),
        subject: `Topic ${made.thread}`,
        content: made.text,
        rendered_content: `<p>${made.text}</p>`,
        date_sent: seconds(made.at),
        last_edit_time: null,
      }),
      '{"zerver_message":[\n',
      '\n],"zerver_usermessage":[]}\n',
    ),
  )
  return { path, bytes: written }
}

const discourse = inFile(
  'posts.json',
  jsonList((made) => ({
    id: made.no + 1,
    name: `Person ${made.person}`,
    username: `person${made.person}`,
    created_at: made.at.toISOString(),
    cooked: `<p>${made.text}</p>`,
    post_number: 1 + (made.no - made.thread),
    post_type: 1,
    reply_to_post_number: null,
    topic_id: made.thread + 1,
    topic_slug: `topic-${made.thread}`,
    topic_title: `Topic ${made.thread}`,
    category_id: 5,
    user_id: made.person + 1,
    hidden: false,
    deleted_at: null,
  })),
)

const github = inFile(
  'issues.json',
  jsonList((made) => {
    const user = { login: `person${made.person}`, id: made.person, type: 'User' }
    const issue = `https://api.github.com/repos/acme/pumps/issues/${made.thread + 1}`
    const page = `https://github.com/acme/pumps/issues/${made.thread + 1}`
    return isOpening(made)
      ? {
          url: issue,
          html_url: page,
          id: made.no,
          number: made.no + 1,
          title: made.text.slice(0, 60),
          user,
          labels: [],
          comments: 4,
          created_at: made.at.toISOString(),
          body: made.text,
        }
      : {
          url: `${issue}/comments/${made.no}`,
          html_url: `${page}#issuecomment-${made.no}`,
          issue_url: issue,
          id: made.no,
          user,
          created_at: made.at.toISOString(),
          body: made.text,
        }
  }),
)

const mbox = inFile('pumps.mbox', {
  head: '',
  message: (made) => {
    const { name, email } = madePeople[made.person] ?? { name: '', email: '' }
    const answers = isOpening(made)
      ? ''
      : `In-Reply-To: <${made.thread}@lists.example.org>\nReferences: <${made.thread}@lists.example.org>\n`
    const [day, date, month, year, time] = made.at.toUTCString().replace(',', '').split(' ')
    return `From ${email} ${day} ${month} ${date} ${time} ${year}\nFrom: ${name} <${email}>\nDate: ${made.at.toUTCString()}\nSubject: ${isOpening(made) ? '' : 'Re: '}Topic ${made.thread}\nMessage-ID: <${made.no}@lists.example.org>\n${answers}List-Id: <pumps.lists.example.org>\nContent-Type: text/plain; charset=utf-8\n\n${made.text}\n\n> as somebody wrote\n\n`
  },
  between: '',
  tail: '',
})

const stackExchange = inFile('Posts.xml', {
  head: '<?xml version="1.0" encoding="utf-8"?>\n<posts>\n',
  message: (made) =>
    `  <row Id="${made.no + 1}" PostTypeId="${isOpening(made) ? 1 : 2}" ${isOpening(made) ? `AcceptedAnswerId="${made.no + 2}" Title="${escaped(made.text.slice(0, 60))}" Tags="&lt;pumps&gt;" ` : `ParentId="${made.thread + 1}" `}CreationDate="${made.at.toISOString().slice(0, 23)}" Score="3" Body="&lt;p&gt;${escaped(made.text)}&lt;/p&gt;" OwnerUserId="${made.person + 1}" LastActivityDate="${made.at.toISOString().slice(0, 23)}" CommentCount="0" />\n`,
  between: '',
  tail: '</posts>\n',
})

const VIVA_COLUMNS =
  'id,replied_to_id,thread_id,group_id,group_name,in_private_group,in_private_conversation,sender_id,sender_type,sender_name,sender_email,body,created_at,deleted_at,title,message_type'
const vivaEngage: Make = (folder, bytes) => {
  const path = join(folder, 'viva')
  mkdirSync(path)
  const users = openSync(join(path, 'Users.csv'), 'w')
  writeSync(
    users,
    `id,name,email,job_title,joined_at,deleted_at,state\r\n${madePeople.map(({ id, name, email }) => `${quoted([id + 1, name, email, '', '2014-01-01T00:00:00.000Z', 'null', 'active'])}\r\n`).join('')}`,
  )
  closeSync(users)
  const written = writeFile(join(path, 'Messages.csv'), bytes, {
    head: `${VIVA_COLUMNS}\r\n`,
    message: (made) =>
      `${quoted([
        made.no + 1,
        isOpening(made) ? 'null' : made.thread + 1,
        made.thread + 1,
        1 + madeChannels.indexOf(made.channel),
        made.channel,
        'false',
        'false',
        made.person + 1,
        'user',
        `Person ${made.person}`,
        `person${made.person}@example.org`,
        made.text,
        made.at.toISOString(),
        'null',
        'null',
        'update',
      ])}\r\n`,
    between: '',
    tail: '',
  })
  return { path, bytes: written }
}

/** Days of all channels, as many as it takes; packed, so that the file is smaller than what it holds. */
const slack: Make = (folder, bytes) => {
  const path = join(folder, 'slack.zip')
  const zip = openZipWriter(path)
  zip.add(
    'users.json',
    JSON.stringify(madePeople.map(({ id, name, email }) => ({ id: `U${id}`, name, is_bot: false, profile: { real_name: name, email } }))),
  )
  zip.add('channels.json', JSON.stringify(madeChannels.map((name, id) => ({ id: `C${id}`, name, created: 1_400_000_000, members: [] }))))
  let written = 0
  for (let no = 0; written < bytes; ) {
    const day = makeMessage(no).at.toISOString().slice(0, 10)
    const days = new Map<string, object[]>()
    for (let made = makeMessage(no); made.at.toISOString().slice(0, 10) === day; made = makeMessage(++no)) {
      const list = days.get(made.channel) ?? []
      days.set(made.channel, list)
      const ts = `${seconds(made.at)}.000100`
      list.push({
        client_msg_id: `x${made.no}`,
        type: 'message',
        user: `U${made.person}`,
        text: made.text,
        ts,
        team: 'T1',
        thread_ts: `${seconds(makeMessage(made.thread).at)}.000100`,
      })
    }
    for (const [channel, messages] of days) {
      const content = JSON.stringify(messages)
      zip.add(`${channel}/${day}.json`, content)
      written += content.length
    }
  }
  zip.end()
  return { path, bytes: written }
}

/** By the name of the format; a test holds them against the formats there are. */
export const MAKE_ARCHIVE: Readonly<Record<string, Make>> = {
  slack,
  discord,
  zulip,
  discourse,
  github,
  'viva-engage': vivaEngage,
  'stack-exchange': stackExchange,
  mbox,
  ndjson,
  csv,
}

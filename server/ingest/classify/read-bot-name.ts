/** What the name or the id of an account says of it. Names stand in any script and may hold anything; our judgement throughout. */

/** `is_sure`: people are hardly ever called so. */
export type NameSign = { matched: string; is_sure: boolean }

/** Names of programs that are known everywhere, as their platforms spell them: nobody else goes by them. */
const KNOWN = [
  // chats
  'uslackbot',
  'slackbot',
  'mee6',
  'dyno bot',
  'carl-bot',
  'rss.app',
  'rssbot',
  'feedbot',
  'mattermost-bot',
  'groupanonymousbot',
  // code hosts; with "[bot]" they are recognised anyway
  'github-actions',
  'dependabot',
  'dependabot-preview',
  'renovate-bot',
  'greenkeeper',
  'greenkeeperio-bot',
  'snyk-bot',
  'codecov-io',
  'codecov-commenter',
  'coveralls',
  'allcontributors',
  'pyup-bot',
  'pre-commit-ci',
  'semantic-release-bot',
  'k8s-ci-robot',
  'k8s-triage-robot',
  'fejta-bot',
  'googlebot',
  'stale-bot',
  'travis-ci',
  'jenkins-bot',
  // forums
  'automoderator',
  'discobot',
  // mail
  'mailer-daemon',
  'mail delivery subsystem',
  'mail delivery system',
]

/** Words that name a program more often than a person, where they stand alone: "Feed bot", "RSS", "build-webhook". */
const WORDS = [
  'bot',
  'bots',
  'chatbot',
  'robot',
  'rss',
  'atom feed',
  'feed',
  'newsfeed',
  'webhook',
  'webhooks',
  'noreply',
  'no-reply',
  'no_reply',
  'donotreply',
  'do-not-reply',
  'autoresponder',
  'auto-responder',
  'daemon',
  'crawler',
  'jenkins',
  'renovate',
  'zapier',
  'ifttt',
  'feedburner',
  // the same in other languages and scripts
  'бот',
  'робот',
  'ボット',
  'ロボット',
  '机器人',
  '機器人',
  '봇',
  'บอท',
  'بوت',
  'बॉट',
]

/** In scripts that put no spaces between words there is no telling where one begins. */
const UNSPACED = /\p{Script=Han}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Script=Thai}/u

/** Without what cannot be seen (controls, marks of direction, joiners) and in one form: ＢＯＴ is BOT. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()

/** All that is looked for; what differs here finds others. */
export const NAME_SIGNS = [KNOWN, WORDS]

const known = new Set(KNOWN)

const escapeText = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const words = WORDS.map((word) =>
  UNSPACED.test(word)
    ? { word, pattern: new RegExp(`${escapeText(word)}$`, 'u') }
    : { word, pattern: new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])${escapeText(word)}(?![\\p{L}\\p{N}\\p{M}])`, 'u') },
)

/** Nearly every name holds none of them: asked first, since names are read as events come in. */
const ANY_WORD = new RegExp(WORDS.map(escapeText).join('|'), 'u')

/** A robot by trade or by love is named before or after: "Robot Rob", "robot_fan", "I, Robot"; one that is a program is called just so, or "… robot". */
const PEOPLE_OF_ROBOTS = /(?<![\p{L}\p{N}])robots?(?![\p{L}\p{N}])(?=.*\p{L})/u

const readOne = (text: string): NameSign | null => {
  const shown = plain(text)
  const name = shown.toLowerCase()
  if (name.endsWith('[bot]')) return { matched: '[bot]', is_sure: true }
  if (known.has(name)) return { matched: shown, is_sure: true }
  if (!ANY_WORD.test(name) && !name.startsWith('mailer-daemon@')) return null
  // the local part of an address that programs send from
  if (/^(mailer-daemon|noreply|no-reply|donotreply|do-not-reply)@/.test(name))
    return { matched: name.slice(0, name.indexOf('@')), is_sure: name.startsWith('mailer') }
  for (const { word, pattern } of words)
    if (pattern.test(name) && !(word === 'robot' && PEOPLE_OF_ROBOTS.test(name))) return { matched: word, is_sure: false }
  // NewsBot, K8sBot, but neither Abbot nor TalBot's like
  const camel = /(?<=[\p{Ll}\p{N}])(Bot|Robot|RSS|Webhook)$/u.exec(shown)
  return camel ? { matched: camel[0], is_sure: false } : null
}

/** The plainest sign in the name shown and the id; null where neither says anything. */
export const readBotName = (displayName: string | null, actorId: string): NameSign | null => {
  const signs = [displayName, actorId].flatMap((text) => (text === null ? [] : (readOne(text) ?? [])))
  return signs.find((sign) => sign.is_sure) ?? signs[0] ?? null
}

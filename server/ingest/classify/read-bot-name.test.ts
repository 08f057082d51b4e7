import { describe, expect, it } from 'vitest'
import { readBotName } from './read-bot-name.ts'

const certaintyOf = (name: string | null, id = 'u1') => {
  const sign = readBotName(name, id)
  return sign === null ? 'person' : sign.is_sure ? 'sure' : 'unsure'
}

describe('a name', () => {
  it.each([
    'dependabot[bot]',
    'Renovate[bot]',
    'GitHub-Actions',
    'MEE6',
    'AutoModerator',
    'Slackbot',
    'MAILER-DAEMON',
    'MAILER-DAEMON@lists.example.org',
    'Mail Delivery Subsystem',
    'k8s-ci-robot',
    // full width, and with marks of direction and joiners that nobody sees
    'ｒｅｎｏｖａｔｅ［ｂｏｔ］',
    '\u202edependabot\u200b[bot]\u202c',
    'codecov-commenter\u0007',
  ])('that only a program has is recognised: %s', (name) => {
    expect(certaintyOf(name)).toBe('sure')
  })

  it.each([
    'Feed bot',
    'welcome_bot',
    'BOT Weather',
    'Planet RSS',
    'build-webhook',
    'noreply',
    'noreply@example.org',
    'NewsBot',
    'K8sBot',
    'DeployRobot',
    'Jenkins',
    'Renovate',
    'Погода бот',
    '天気ボット',
    '新闻机器人',
    '날씨봇',
    'Haber Botu bot',
  ])('that a program often has is suspected: %s', (name) => {
    expect(certaintyOf(name)).toBe('unsure')
  })

  it.each([
    'Abbott',
    'Jean Abbot',
    'Louis Botha',
    'Fox Talbot',
    'Sandro Botticelli',
    'Lilian Bothwell',
    'Botond Kovács',
    'Zsombor Bot\u00f6s',
    'Cabot',
    'TALBOT',
    'Chabot, Marie',
    'Robotham',
    'Robot Rob',
    'robot_fan_77',
    'Isaac Robotics',
    'Roberta Feeding',
    'Feedler',
    'Rossi',
    'Hookham',
    'Marcus Webb',
    'Damon Albarn',
    'Ботвинник',
    'Роботова Анна',
    'Мария Субботина',
    'ボットン・アラン',
    'アラン・ド・ボトン',
    '王小明',
    'अबोट',
    'بوتان',
    'محمد',
    'Ana',
    '',
    '   ',
    '\u202e\u200b',
    'rené',
    '🤖',
    'Abbé Botard',
    'Bot\u0301ond',
    'O’Botham',
    'Sebottendorf',
    'Elbot',
  ])('of a person stays one: %s', (name) => {
    expect(certaintyOf(name)).toBe('person')
  })

  it('is read beside the id in the source, and the plainer of the two counts', () => {
    expect(readBotName('Reminders', 'USLACKBOT')).toEqual({ matched: 'USLACKBOT', is_sure: true })
    expect(readBotName('Deploy bot', 'github-actions')).toEqual({ matched: 'github-actions', is_sure: true })
    expect(readBotName(null, 'app[bot]')).toEqual({ matched: '[bot]', is_sure: true })
    expect(readBotName(null, 'U024BE7LH')).toBeNull()
  })

  it('may be as long as it likes', () => {
    expect(certaintyOf(`${'bo'.repeat(200_000)}t`)).toBe('person')
  })
})

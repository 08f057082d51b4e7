import { describe, expect, it } from 'vitest'
import { answersNothing } from './answers-nothing.ts'
import { classifyMessage } from './classify-message.ts'
import { isAcknowledging } from './is-acknowledging.ts'
import { NO_RULE, RULES, UNSURE_RULES } from './rules.ts'

const of = (text: string | null, title: string | null = null) => {
  const { type, is_work, rule } = classifyMessage({ source: 'slack', channel: null, title, text })
  return { found: is_work ? 'work' : type.split('.')[0], rule }
}

describe('an announcement', () => {
  it.each([
    ['[ANN] Pump 2.0', 'news-label'],
    ['*Announcement*: the office is closed on Monday', 'news-label'],
    ['We are pleased to announce the next pump day.', 'announces'],
    ['Version 2.1 has been released, with a new valve.', 'announces'],
    ['Weekly newsletter: valves, pumps and more', 'newsletter'],
    ['Join us on Thursday at six for a talk about valves.', 'invites'],
    ['Want to learn about valves? Join us on Thursday at six.', 'invites'],
    ['<!channel> the doors of the workshop are locked from noon today on', 'calls-all'],
    ['Ankündigung: Am Montag bleibt das Büro geschlossen', 'news-label'],
    ['Wir freuen uns, die neue Pumpe anzukündigen.', 'announces'],
    ['Herzliche Einladung zum Stammtisch am Donnerstag', 'invites'],
    ["Nous sommes heureux de vous annoncer l'arrivée de la pompe.", 'announces'],
    ['La réunion publique aura lieu jeudi.', 'invites'],
    ['Nos complace anunciar la nueva bomba.', 'announces'],
    ['Te invitamos al taller del jueves.', 'invites'],
    ['Temos o prazer de anunciar a nova bomba.', 'announces'],
    ['As inscrições estão abertas até sexta', 'announces'],
  ])('is "%s", by %s', (text, rule) => {
    expect(of(text)).toEqual({ found: 'announcement', rule })
  })

  it('may be told by its title', () => {
    expect(of('Much to read.', 'Newsletter No. 7').rule).toBe('newsletter')
    expect(of('Much to read.', 'Re: [ANNOUNCE] Pump 2.0').rule).toBe('news-label')
  })
})

describe('work', () => {
  it.each([
    ['[PATCH v2] fix the valve', 'work-label'],
    ['Minutes of the March meeting', 'work-label'],
    ['Agenda: 1. valves', 'work-label'],
    ['Can someone review my PR?', 'work-request'],
    ['I have updated the draft of section 3.', 'work-talk'],
    ['https://git.example.org/a/b/pull/7', 'change-link'],
    ['Protokoll der Sitzung vom Montag liegt bei', 'work-talk'],
    ['Anbei der Entwurf des Antrags.', 'work-talk'],
    ['Compte rendu de la réunion de lundi', 'work-label'],
    ['Ci-joint le compte rendu de la réunion', 'work-talk'],
    ['Orden del día de la reunión', 'work-label'],
    ['Adjunto el borrador del informe.', 'work-talk'],
    ['Ordem do dia da reunião', 'work-label'],
    ['Segue em anexo a ata da reunião.', 'work-talk'],
  ])('is "%s", by %s', (text, rule) => {
    expect(of(text)).toEqual({ found: 'work', rule })
  })

  it.each(['How do I open a pull request?', 'What is a draft?', 'Where are the minutes kept?'])('is not "%s", which asks', (text) => {
    expect(of(text).found).toBe('question')
  })
})

describe('a plain post', () => {
  it.each([
    'I rebuilt the pump.',
    'Nice picture of the harbour https://example.org/a.jpg',
    'Draft beer is poured from a tap.',
    'Hi all, I am Ana from Porto.',
    '',
    '🎉',
  ])('is "%s"', (text) => {
    expect(of(text)).toEqual({ found: 'post', rule: NO_RULE })
  })
  it('is a message without text', () => expect(of(null)).toEqual({ found: 'post', rule: NO_RULE }))
})

describe('the rules', () => {
  it('have each a name of their own and a line about them', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
    for (const { says } of RULES) expect(says).toMatch(/^[A-Z].*\.$/)
    expect(UNSURE_RULES).toContain('opening-words')
    expect(UNSURE_RULES).not.toContain('question-mark')
  })
})

describe('a hostile text', () => {
  /** Milliseconds of this process alone, however busy the machine is. */
  const fastest = (classify: () => unknown): number =>
    Math.min(
      ...Array.from({ length: 3 }, () => {
        const before = process.cpuUsage()
        classify()
        const { user, system } = process.cpuUsage(before)
        return (user + system) / 1000
      }),
    )
  it.each([
    '?',
    'a?',
    'why? ',
    ' ',
    '\n',
    '\n> ',
    '<',
    '<pre',
    '<pre>',
    '</pre>',
    '<a ',
    '[quote',
    '[quote=',
    '`',
    '``` ',
    '&gt;',
    '&',
    '<@',
    '<https://x|',
    '<!channel',
    '@',
    '@a ',
    ':a',
    ':',
    '"',
    '„',
    '(',
    '(why?) ',
    'https://',
    'www.',
    '[',
    '*',
    're: ',
    'pull ',
    'can someone ',
    'we are very so ',
    'looking for a ',
    'i am ',
    'is there a ',
    'any ',
    'a',
    'á',
    '\u0301',
    '\ufdfa',
    'm. ',
    '1. ',
    '- ',
    'don’t',
    '¿',
    '؟',
    '🎉',
    'draft of ',
    'thanks ',
    'it worked. ',
    'no ',
  ])('of %j is read in little time', (unit) => {
    const text = unit.repeat(Math.ceil(131_072 / unit.length))
    // 20,000 characters of title and text each are read: in proportion some milliseconds, with their square seconds
    expect(fastest(() => of(text, text))).toBeLessThan(150)
    expect(fastest(() => answersNothing(null, text) || isAcknowledging(null, text))).toBeLessThan(150)
  })
})

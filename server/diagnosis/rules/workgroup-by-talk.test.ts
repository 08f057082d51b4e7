import { describe, expect, test } from 'vitest'
import { PURPOSES } from '../../../shared/contract/charter.ts'
import { decide } from '../decide.ts'
import { craftWindow, EXAMPLES } from '../example-windows.ts'
import { findFlip } from '../flip.ts'
import { DEFAULT_HOUSE_RULES } from '../house-rules.ts'
import { judge } from '../judge.ts'
import { isPassed } from '../rule.ts'
import type { WindowFacts } from '../window-facts.ts'
import { workgroupByTalk } from './workgroup-by-talk.ts'

type Told = { words?: number; artefact?: number; document?: number; ten?: number; anonymous?: number; mix?: Partial<WindowFacts['mix']> }

/** 200 contributions of a chat; ten people make `ten` of them, everyone else one each. */
const chat = ({ words = 10_000, artefact = 40, document = 60, ten = 100, anonymous = 0, mix = { discussion: 200 } }: Told = {}) => {
  const each = Math.floor(ten / 10)
  return craftWindow({
    mix,
    anonymous,
    contributions: Array.from({ length: 10 }, (_, i) => each + (i < ten % 10 ? 1 : 0)),
    talk: { word_count: words, artefact_word_count: artefact, document_word_count: document },
  })
}
const chartered = (facts: WindowFacts, charter: WindowFacts['house']['charter']): WindowFacts => ({
  ...facts,
  house: { ...facts.house, charter },
})
const outcomeOf = (facts: WindowFacts) => {
  const outcome = judge(facts).rules.find((rule) => rule.id === 'workgroup-by-talk')
  if (outcome === undefined) throw new Error('no such rule')
  return outcome
}
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('workgroup, by its talk', () => {
  test('begins at one word of work in a hundred', () => {
    expect(decide(chat())).toBe('workgroup')
    expect(decide(chat({ document: 59 }))).toBe('mixed')
    expect(decide(chat({ words: 10_001 }))).toBe('mixed')
  })

  test('or at one word of artefacts and procedure in two hundred', () => {
    expect(decide(chat({ artefact: 50, document: 0 }))).toBe('workgroup')
    expect(decide(chat({ artefact: 49, document: 0 }))).toBe('mixed')
    expect(decide(chat({ artefact: 50, document: 0, words: 10_001 }))).toBe('mixed')
  })

  test('begins at a thousand words', () => {
    expect(decide(chat({ words: 1000, artefact: 100, document: 100 }))).toBe('workgroup')
    expect(decide(chat({ words: 999, artefact: 100, document: 100 }))).toBe('mixed')
  })

  test('begins where the ten most active make half', () => {
    expect(decide(chat({ ten: 100 }))).toBe('workgroup')
    expect(decide(chat({ ten: 99 }))).toBe('mixed')
  })

  test('of people equally active, ten are the ten', () => {
    const equally = (people: number) =>
      decide(
        craftWindow({
          mix: { discussion: people * 5 },
          contributions: Array.from({ length: people }, () => 5),
          talk: { word_count: 2000, artefact_word_count: 100, document_word_count: 0 },
        }),
      )
    expect(equally(20)).toBe('workgroup')
    expect(equally(21)).toBe('mixed')
  })

  test('anonymous contributions are by none of the ten', () => {
    expect(decide(chat({ ten: 100, anonymous: 100 }))).toBe('workgroup')
    expect(decide(chat({ ten: 99, anonymous: 101 }))).toBe('mixed')
    expect(decide(chat({ ten: 0, anonymous: 200 }))).toBe('too_little_data')
  })

  test('is no pattern that is told on little data', () => {
    const few = craftWindow({ mix: { discussion: 29 }, talk: { word_count: 5000, artefact_word_count: 500, document_word_count: 0 } })
    expect(decide(few)).toBe('too_little_data')
    expect(isPassed(workgroupByTalk.test(few))).toBe(false)
    // a newsletter is told on little data, and its talk does not stand in the way of that
    const { small_newsletter } = EXAMPLES
    expect(decide({ ...small_newsletter, talk: few.talk })).toBe('newsletter')
  })

  test('comes after newsletter and before teaching platform, blog and community', () => {
    const { talk } = chat()
    const withTalk = (name: keyof typeof EXAMPLES) => decide({ ...EXAMPLES[name], talk })
    expect(withTalk('newsletter')).toBe('newsletter')
    expect(withTalk('workgroup')).toBe('workgroup')
    for (const name of ['teaching_platform', 'blog', 'community', 'mixed'] as const) expect(withTalk(name)).toBe('workgroup')
  })

  test('the words of a community accuse no community', () => {
    // the upper quartile of what communities were found to say: 0.17 and 0.46 of 100 words
    const talk = { word_count: 10_000, artefact_word_count: 17, document_word_count: 29 }
    expect(decide({ ...EXAMPLES.community, talk })).toBe('community')
  })

  test('where no text was sent nothing is said against the community', () => {
    const { sentence, tests, passed } = outcomeOf(EXAMPLES.community)
    expect(passed).toBe(false)
    expect(sentence).toBe('No text was sent, so its talk cannot be judged.')
    expect(tests.find(({ metric }) => metric === 'work-words')).toMatchObject({ observed: null, passed: false })
    expect(judge(EXAMPLES.mixed).because).not.toContain('by its talk')
  })

  test('says its numbers, by its talk', () => {
    const { sentence, because, rules } = judge(chat({ artefact: 100, document: 59, ten: 182 }))
    expect(plain(sentence)).toBe(
      'By its talk it reads as a workgroup: 1.59 of every 100 words are of work, and its ten most active people made 91 % of contributions.',
    )
    expect(plain(because)).toBe(
      '1.59 of every 100 words (159 of 10,000) were of artefacts, procedure, documents and building and its ten most active people made 182 of 200 contributions (91 %, 86–94 %).',
    )
    const tests = rules.find((rule) => rule.id === 'workgroup-by-talk')?.tests ?? []
    expect(plain(tests[0]?.sentence ?? '')).toContain('The window holds 10,000 words; the rule asks for at least 1,000.')
    expect(plain(tests[1]?.sentence ?? '')).toBe(
      '1.59 of every 100 words (159 of 10,000) were of artefacts, procedure, documents and building; the rule asks for at least 1 of every 100. It would fail with 60 fewer words of work among them.',
    )
  })

  test('is told as near only from half of the words on', () => {
    const because = (document: number) => judge(chat({ artefact: 0, document, ten: 150 })).because
    expect(because(50)).toContain('workgroup, by its talk, 2 of 3 tests met')
    expect(because(49)).not.toContain('by its talk')
  })

  test('says none where there is none', () => {
    expect(plain(outcomeOf(chat({ artefact: 0, document: 0, ten: 50 })).sentence)).toBe(
      'Not a workgroup by its talk: none of 10,000 words was of artefacts, procedure, documents and building, and it takes at least 1 of every 100; its ten most active people made 50 of 200 contributions (25 %, 20–31 %), and it takes at least 50 %.',
    )
  })

  test('says by which words, where only those of artefacts and procedure reach', () => {
    expect(judge(chat({ artefact: 61, document: 0 })).sentence).toContain('0.61 of every 100 words are of artefacts and procedure')
  })

  test('of ten people or fewer, says how many they are', () => {
    const six = craftWindow({
      mix: { discussion: 60 },
      contributions: Array.from({ length: 6 }, () => 10),
      talk: { word_count: 2000, artefact_word_count: 60, document_word_count: 0 },
    })
    expect(plain(judge(six).sentence)).toContain('its 6 people known made 100 % of contributions')
  })

  test('thresholds of its own are its thresholds', () => {
    const own = (id: 'workgroup_work_words' | 'workgroup_top_ten' | 'workgroup_talk_words', value: number, facts = chat()) => ({
      ...facts,
      house: { ...facts.house, thresholds: { ...DEFAULT_HOUSE_RULES.thresholds, [id]: value } },
    })
    expect(decide(own('workgroup_work_words', 1.001))).toBe('mixed')
    expect(decide(own('workgroup_top_ten', 51))).toBe('mixed')
    expect(decide(own('workgroup_talk_words', 10_001))).toBe('mixed')
    expect(decide(own('workgroup_work_words', 0.07, chat({ artefact: 7, document: 0 })))).toBe('workgroup')
    expect(decide(own('workgroup_work_words', 0.07, chat({ artefact: 6, document: 0 })))).toBe('mixed')
  })
})

describe('a charter', () => {
  test.each(PURPOSES.filter((purpose) => purpose !== 'workgroup'))('that says %s outweighs words alone', (purpose) => {
    const facts = chartered({ ...EXAMPLES.community, talk: chat().talk }, purpose)
    expect(decide(facts)).toBe('community')
    const verdict = judge(facts)
    expect(verdict.verdict).toBe('community')
    const outcome = outcomeOf(facts)
    expect(outcome).toMatchObject({ passed: true, is_decisive: false })
    expect(outcome.overruled).toBe(
      `Its talk reads like a workgroup's; its charter says ${purpose.replace('_', ' ')}, and words alone do not outweigh that.`,
    )
    expect(verdict.because).toContain(outcome.overruled)
    expect(verdict.rules.filter((rule) => rule.is_decisive).map((rule) => rule.id)).toEqual(['community'])
  })

  test('that says workgroup, or none, lets words decide', () => {
    for (const charter of ['workgroup', null] as const) {
      const facts = chartered({ ...EXAMPLES.community, talk: chat().talk }, charter)
      expect(decide(facts)).toBe('workgroup')
      expect(outcomeOf(facts)).toMatchObject({ passed: true, is_decisive: true, overruled: null })
    }
  })

  test('outweighs words, not work: tasks and edits still decide', () => {
    const facts = chartered({ ...EXAMPLES.workgroup, talk: chat().talk }, 'community')
    expect(judge(facts)).toMatchObject({ verdict: 'workgroup' })
    // it passes too, and was not needed: nothing was overruled
    expect(outcomeOf(facts)).toMatchObject({ passed: true, overruled: null })
  })

  test("says nothing of words that are not a workgroup's", () => {
    expect(outcomeOf(chartered(EXAMPLES.community, 'community')).overruled).toBeNull()
  })

  test('leaves nothing to find where words are the smallest change', () => {
    const facts = chartered(chat({ document: 59 }), 'community')
    expect(findFlip(facts)?.change).not.toBe('more_work_words')
  })
})

describe('the smallest change', () => {
  test('is a word where one word is missing', () => {
    expect(findFlip(chat({ document: 59, ten: 150 }))).toMatchObject({ change: 'more_work_words', amount: 1, to_verdict: 'workgroup' })
  })

  test('is a word where one word is too many, of either rate', () => {
    // 101 of 10,000 and 50 of artefacts: both have to fall
    const flip = findFlip(chat({ artefact: 50, document: 51, ten: 180 }))
    expect(flip).toMatchObject({ change: 'fewer_work_words', amount: 2, to_verdict: 'mixed' })
    expect(flip?.sentence).toBe('It would read as mixed if 2 of its 101 words of work had been other words.')
  })

  test('is one contribution by somebody else where the ten make just half', () => {
    const facts = chat({ artefact: 400, ten: 100 })
    expect(findFlip(facts)).toMatchObject({ change: 'more_people_join_in', amount: 1, to_verdict: 'mixed' })
    expect(findFlip(facts)?.sentence).toContain('1 more person had joined in')
  })

  test('is contributions by further people where it would take more who join', () => {
    const flip = findFlip(chat({ artefact: 2000, ten: 120 }))
    expect(flip).toMatchObject({ change: 'talk_shared_out', amount: 21, to_verdict: 'mixed' })
    expect(flip?.sentence).toBe(
      'It would read as mixed if 21 of the 120 contributions by its ten most active people had come from as many further people.',
    )
  })

  test('is contributions gathered where the ten make just less than half', () => {
    expect(findFlip(chat({ artefact: 400, ten: 98 }))).toMatchObject({ change: 'talk_gathered', amount: 2, to_verdict: 'workgroup' })
  })
})

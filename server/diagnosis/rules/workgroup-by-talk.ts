import { formatCount } from '../../../shared/format.ts'
import { checkCount } from '../count-check.ts'
import { distributionOf } from '../distribution.ts'
import { checkEnoughData } from '../little-data.ts'
import { checkRate, reachesRate, sayRateAgainst } from '../rate-check.ts'
import { type Check, isPassed, passingAlternatives, type Rule } from '../rule.ts'
import { sayShareAgainst } from '../say-count.ts'
import { checkShare } from '../share-check.ts'
import { reachesPercent } from '../smallest-change.ts'
import type { WindowFacts } from '../window-facts.ts'

/**
 * Verdict 3 a second time: a team whose work comes as chat and not as typed events. Its words give it away: a team at work says
 * "merge" and "agenda" several times as often as a community does, and few people do most of the talking. Found on labelled
 * archives of chats and lists about software and standards, in English; on fresh ones it read 21 of 28 workgroups right and
 * accused none of 12 communities. A lower threshold catches more and accuses more: 0.6 words per 100 accused 7 of the 12. News,
 * edits and tasks are no talk, so ingest counts no words of work in them.
 */
export const workgroupByTalk: Rule = {
  id: 'workgroup-by-talk',
  verdict: 'workgroup',
  title: 'Workgroup, by its talk',
  absence: 'Not a workgroup by its talk',
  deciding: ['work-words', 'artefact-words', 'top-ten-share'],
  test: (facts) => {
    const { talk, house } = facts
    return [
      checkWords(facts, BY_ALL_WORDS),
      checkRate({
        metric: 'work-words',
        label: 'Words of artefacts, procedure, documents and building',
        alternative: BY_ALL_WORDS,
        k: workWords(facts),
        n: talk.word_count,
        rate: house.thresholds.workgroup_work_words,
        says: (rate, verb) => `${rate} ${verb} of artefacts, procedure, documents and building`,
        without: NO_TEXT,
        noun: ['word of work among them', 'words of work among them'],
      }),
      checkTopTen(facts, BY_ALL_WORDS),
      checkWords(facts, BY_ARTEFACTS),
      checkRate({
        metric: 'artefact-words',
        label: 'Words of artefacts and procedure',
        alternative: BY_ARTEFACTS,
        k: talk.artefact_word_count,
        n: talk.word_count,
        rate: house.thresholds.workgroup_artefact_words,
        says: (rate, verb) => `${rate} ${verb} of artefacts and procedure`,
        without: NO_TEXT,
        noun: ['word of artefacts or procedure among them', 'words of artefacts or procedure among them'],
      }),
      checkTopTen(facts, BY_ARTEFACTS),
      ...checkEnoughData(facts, BY_ALL_WORDS),
      ...checkEnoughData(facts, BY_ARTEFACTS),
    ]
  },
  sentence: (facts) => {
    const { talk, people, house } = facts
    const [way] = passingAlternatives(workgroupByTalk.test(facts))
    const [k, rate, kind] =
      way === BY_ARTEFACTS
        ? [talk.artefact_word_count, house.thresholds.workgroup_artefact_words, 'artefacts and procedure']
        : [workWords(facts), house.thresholds.workgroup_work_words, 'work']
    const { top_ten } = distributionOf(people.contributions_by_person)
    const share = sayShareAgainst(top_ten / people.contribution_count, house.thresholds.workgroup_top_ten, people.contribution_count)
    return `By its talk it reads as a workgroup: ${sayRateAgainst(k, talk.word_count, rate)} of every 100 words are of ${kind}, and ${whoMade(facts)} ${share} of contributions.`
  },
  // its other tests are met by every small group: half the words are the least that is near
  mayBeNear: ({ talk, house: { thresholds } }) =>
    reachesRate(2 * (talk.artefact_word_count + talk.document_word_count), talk.word_count, thresholds.workgroup_work_words) ||
    reachesRate(2 * talk.artefact_word_count, talk.word_count, thresholds.workgroup_artefact_words),
  mayPass: (facts) => talksLikeAWorkgroup(facts),
  unjudged: ({ talk }) => (talk.word_count === 0 ? `${NO_TEXT}.` : null),
  overruled: ({ house: { charter } }) =>
    charter === null || charter === 'workgroup'
      ? null
      : `Its talk reads like a workgroup's; its charter says ${charter.replace('_', ' ')}, and words alone do not outweigh that.`,
}

const BY_ALL_WORDS = 0
const BY_ARTEFACTS = 1
const NO_TEXT = 'No text was sent, so its talk cannot be judged'

/** Words about work of all four families. */
export const workWords = ({ talk }: WindowFacts): number => talk.artefact_word_count + talk.document_word_count

/** Whether its words alone are a workgroup's: there are enough of them, and enough of them are about work. */
export const talksLikeAWorkgroup = (facts: WindowFacts): boolean => {
  const { talk, house } = facts
  return (
    talk.word_count >= house.thresholds.workgroup_talk_words &&
    (reachesRate(workWords(facts), talk.word_count, house.thresholds.workgroup_work_words) ||
      reachesRate(talk.artefact_word_count, talk.word_count, house.thresholds.workgroup_artefact_words))
  )
}

/** Whether the ten most active people make enough of it. */
export const topTenHold = ({ people, house }: WindowFacts): boolean =>
  reachesPercent(distributionOf(people.contributions_by_person).top_ten, people.contribution_count, house.thresholds.workgroup_top_ten)

/** Whether its charter leaves words alone a say. */
export const mayDecideByTalk = (facts: WindowFacts): boolean => workgroupByTalk.overruled?.(facts) === null

/** Whether this rule decides where no rule before it does. */
export const decidesByTalk = (facts: WindowFacts): boolean =>
  talksLikeAWorkgroup(facts) && mayDecideByTalk(facts) && isPassed(workgroupByTalk.test(facts))

const checkWords = ({ talk, house }: WindowFacts, alternative: number): Check =>
  checkCount({
    metric: 'talk-words',
    label: 'Words in the window',
    alternative,
    unit: 'count',
    observed: talk.word_count,
    comparison: 'at_least',
    threshold: house.thresholds.workgroup_talk_words,
    says: () => (talk.word_count === 0 ? NO_TEXT : `The window holds ${formatCount(talk.word_count)} words`),
    noun: ['word', 'words'],
  })

/** "its ten most active people made"; of ten people or fewer, all who are known. */
const whoMade = ({ people }: WindowFacts): string => {
  const who = distributionOf(people.contributions_by_person).people
  if (who > 10) return 'its ten most active people made'
  return who === 1 ? 'the one person known made' : `its ${who} people known made`
}

/** What the ten most active people made. Anonymous contributions are nobody's, and count against it. */
const checkTopTen = (facts: WindowFacts, alternative: number): Check => {
  const { people, house } = facts
  const percent = house.thresholds.workgroup_top_ten
  let made: Check | undefined
  const share = (): Check => {
    made ??= checkShare({
      metric: 'top-ten-share',
      label: 'Contributions by the ten most active people',
      alternative,
      k: distributionOf(people.contributions_by_person).top_ten,
      n: people.contribution_count,
      comparison: 'at_least',
      percent,
      noun: ['contribution', 'contributions'],
      says: (text) => `${startLarge(whoMade(facts))} ${text}`,
      without: 'The window holds no contributions',
      part: ['contribution by those people', 'contributions by those people'],
      rest: ['contribution by further people', 'contributions by further people'],
    })
    return made
  }
  // asked for only where the words leave the question open
  return {
    metric: 'top-ten-share',
    label: 'Contributions by the ten most active people',
    unit: 'share',
    get observed() {
      return share().observed
    },
    get numerator() {
      return share().numerator
    },
    denominator: people.contribution_count,
    comparison: 'at_least',
    threshold: percent / 100,
    get passed() {
      return share().passed
    },
    alternative,
    has_interval: true,
    says: () => share().says(),
    asks: () => share().asks(),
    change: () => share().change(),
  }
}

const startLarge = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

import { copyWindow } from '../change-window.ts'
import type { Lever } from '../lever.ts'
import { isLittleData } from '../little-data.ts'
import { wordsToFallBelow, wordsToReach } from '../rate-check.ts'
import { decidesByTalk, mayDecideByTalk, talksLikeAWorkgroup, topTenHold, workWords } from '../rules/workgroup-by-talk.ts'
import { sayCount } from '../say-count.ts'

// What can turn the words of the rule "workgroup, by its talk": as far as the rule needs, and nowhere where words cannot turn it.

/**
 * How large a change one word of work is, in contributions: a team at work says 1.6 of them in 100 words, so that, at some thirty
 * words a message, one comes with every second (our judgement).
 */
const CONTRIBUTIONS_A_WORD = 2

/** Words of work had been other words: first of artefacts and procedure, which count in both of the rule's rates. */
export const fewerWorkWords: Lever = {
  id: 'fewer_work_words',
  contributions_a_step: CONTRIBUTIONS_A_WORD,
  most: (facts) => {
    if (!decidesByTalk(facts)) return 0
    const { talk, house } = facts
    return Math.max(
      wordsToFallBelow(workWords(facts), talk.word_count, house.thresholds.workgroup_work_words) ?? 0,
      wordsToFallBelow(talk.artefact_word_count, talk.word_count, house.thresholds.workgroup_artefact_words) ?? 0,
    )
  },
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const artefacts = Math.min(amount, facts.talk.artefact_word_count)
    draft.talk.artefact_word_count -= artefacts
    draft.talk.document_word_count -= amount - artefacts
    return draft
  },
  says: (facts, amount) => `${amount} of its ${sayCount(workWords(facts), ['word', 'words'])} of work had been other words`,
}

/** Other words had been words of artefacts or procedure. */
export const moreWorkWords: Lever = {
  id: 'more_work_words',
  contributions_a_step: CONTRIBUTIONS_A_WORD,
  most: (facts) => {
    const { talk, house } = facts
    if (talk.word_count < house.thresholds.workgroup_talk_words || talksLikeAWorkgroup(facts)) return 0
    if (!mayDecideByTalk(facts) || isLittleData(facts) || !topTenHold(facts)) return 0
    // none of the others may stand for a word that is counted already
    const others = talk.word_count - workWords(facts)
    const needed = Math.min(
      wordsToReach(workWords(facts), talk.word_count, house.thresholds.workgroup_work_words) ?? Number.POSITIVE_INFINITY,
      wordsToReach(talk.artefact_word_count, talk.word_count, house.thresholds.workgroup_artefact_words) ?? Number.POSITIVE_INFINITY,
    )
    return needed > others ? 0 : needed
  },
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    draft.talk.artefact_word_count += amount
    return draft
  },
  says: (facts, amount) =>
    `${amount} more of its ${sayCount(facts.talk.word_count, ['word', 'words'])} had been of artefacts or procedure, such as "merge" or "agenda"`,
}

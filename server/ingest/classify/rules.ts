/** The published rules that say what a message is, in their order: the first that fits decides. All constants are our judgement. */
import type { FOUND_TYPES } from '../../../shared/contract/channel.ts'
import type { EventType } from '../../../shared/contract/event.ts'
import { findsAnywhere, findsFirst, type Finder } from './phrases.ts'
import { asksWithMark, edgesOf, isLongUntitled, openingOf, type Reading, SHORT_WORDS } from './reading.ts'
import type { Sentence } from './sentences.ts'
import { ARTEFACT_LINK } from './word-patterns.ts'
import { type WordList, wordsOf } from './words/all-words.ts'

export type FoundType = (typeof FOUND_TYPES)[number]

export type Rule = {
  id: string
  finds: FoundType
  /** What it looks for, in a line. */
  says: string
  /** The lists it reads, in every language. */
  lists: readonly WordList[]
  /** It is wrong often enough that a verdict that rests on it says so. */
  is_unsure: boolean
  fits: (reading: Reading) => boolean
}

/** In a longer message a question in its middle may be rhetorical. */
const SHORT_MESSAGE_WORDS = 150
/** A link to a change with more words around it than this is talked about, not handed in. */
const MOST_WORDS_WITH_CHANGE = 40
/** The first line of a newsletter has no more words than this. */
const MOST_HEADLINE_WORDS = 12
/** Behind more sentences than this, a last one that begins as a question without its mark is as often none. */
const MOST_BEFORE_UNMARKED = 4
/** A sentence without a mark that begins as a question has no fewer and no more. */
const UNMARKED_QUESTION_WORDS = { least: 4, most: 30 }

const isSingle = (phrase: string): boolean => !/\s/.test(phrase)

/** One word alone opens nothing unless it is a label ("Draft: …"); several may also begin the title or the text. */
const opens = (list: WordList): ((reading: Reading) => boolean) => {
  const phrases = wordsOf(list)
  const labels = findsFirst(phrases)
  const begins = findsFirst(phrases.filter((phrase) => !isSingle(phrase)))
  return ({ label, title, text }) => {
    if (label !== null && labels(label)) return true
    const first = title[0] ?? text[0]
    return first !== undefined && first.mark !== '?' && begins(first)
  }
}

const anywhere = (list: WordList): Finder => findsAnywhere(wordsOf(list))
const first = (list: WordList): Finder => findsFirst(wordsOf(list))

const announces = anywhere('announces')
const newsletter = anywhere('newsletter')
const invites = anywhere('invites')
const workTalk = anywhere('work_talk')
const workRequest = anywhere('work_request')
const asksOthers = anywhere('asks_others')
const wantsToKnow = anywhere('wants_to_know')
const problem = anywhere('problem')
const plea = anywhere('plea')
const self = anywhere('self')
const titleNews = anywhere('title_news')
const questionOpening = first('question_opening')
const titleOpening = first('title_opening')
const rhetorical = first('rhetorical')
const greeting = first('greeting')

const isUnmarked = ({ mark }: Sentence): boolean => mark !== '?'
const beginsAsQuestion = (sentence: Sentence | undefined): boolean =>
  sentence !== undefined &&
  (sentence.mark === '' || sentence.mark === '.') &&
  sentence.word_count >= UNMARKED_QUESTION_WORDS.least &&
  sentence.word_count <= UNMARKED_QUESTION_WORDS.most &&
  questionOpening(sentence) &&
  !rhetorical(sentence) &&
  !greeting(sentence)
const hasMark = (sentences: readonly Sentence[], from = 0, to = sentences.length): boolean => {
  for (let at = from; at < to; at++) if (asksWithMark(sentences, at)) return true
  return false
}

export const RULES: readonly Rule[] = [
  {
    id: 'news-label',
    finds: 'announcement',
    says: 'The title or the text begins as an announcement does: “[ANN]”, “Announcement: …”, “Call for papers”.',
    lists: ['news_opening'],
    is_unsure: false,
    fits: opens('news_opening'),
  },
  {
    id: 'work-label',
    finds: 'work',
    says: 'The title or the text begins as a piece of work does: “[PATCH]”, “Minutes of …”, “Draft agenda”.',
    lists: ['work_opening'],
    is_unsure: false,
    fits: opens('work_opening'),
  },
  {
    id: 'announces',
    finds: 'announcement',
    says: 'The title or one of the first three sentences, no question itself, announces: “we are pleased to announce”, “our next meetup is posted”.',
    lists: ['announces'],
    is_unsure: false,
    fits: (reading) => openingOf(reading).some((sentence) => isUnmarked(sentence) && announces(sentence)),
  },
  {
    id: 'title-news',
    finds: 'announcement',
    says: `The title, of at most ${MOST_HEADLINE_WORDS} words and no question, says what became of something: “Pump 2.0 released”, “registration open”.`,
    lists: ['title_news'],
    is_unsure: false,
    fits: ({ title }) =>
      title.length === 1 &&
      title.every(
        (sentence) =>
          isUnmarked(sentence) &&
          sentence.word_count <= MOST_HEADLINE_WORDS &&
          titleNews(sentence) &&
          !questionOpening(sentence) &&
          !titleOpening(sentence),
      ),
  },
  {
    id: 'newsletter',
    finds: 'announcement',
    says: `The title, or a first line of at most ${MOST_HEADLINE_WORDS} words, names a newsletter, a digest or an issue.`,
    lists: ['newsletter'],
    is_unsure: false,
    fits: ({ title, text }) => {
      const headline = title[0] ?? text[0]
      return (
        headline !== undefined &&
        isUnmarked(headline) &&
        headline.word_count <= MOST_HEADLINE_WORDS &&
        newsletter(headline) &&
        !asksOthers(headline)
      )
    },
  },
  {
    id: 'work-request',
    finds: 'work',
    says: 'The title or one of the first three sentences asks for a hand with a piece of work: “can someone review the PR”.',
    lists: ['work_request'],
    is_unsure: false,
    fits: (reading) => openingOf(reading).some(workRequest),
  },
  {
    id: 'work-talk',
    finds: 'work',
    says: 'The title or one of the first three sentences, no question itself, hands in a piece of work: “I updated the draft”, “minutes of the meeting”.',
    lists: ['work_talk'],
    is_unsure: false,
    fits: (reading) => openingOf(reading).some((sentence) => isUnmarked(sentence) && workTalk(sentence) && !beginsAsQuestion(sentence)),
  },
  {
    id: 'title-question-mark',
    finds: 'question',
    says: 'A question mark ends a sentence of the title.',
    lists: ['tag', 'greeting', 'exclamation', 'rhetorical', 'hedge', 'offer', 'own_answer'],
    is_unsure: false,
    fits: ({ title }) => hasMark(title),
  },
  {
    id: 'asks-others',
    finds: 'question',
    says: 'A sentence with a question mark asks others: “does anyone know …?”, “any ideas on …?”.',
    lists: ['asks_others'],
    is_unsure: false,
    fits: ({ text }) => text.some((sentence) => sentence.mark === '?' && asksOthers(sentence)),
  },
  {
    id: 'question-mark',
    finds: 'question',
    says:
      `A question mark ends a sentence of a message of at most ${SHORT_MESSAGE_WORDS} words, or one of the first or last three sentences of a longer one. ` +
      `Without a title and longer than ${SHORT_WORDS} words, one of the last two, or the first, where its writer speaks of themselves around it. ` +
      'Not in addresses, code, quotations and brackets, and not as a tag (“right?”), a greeting, a suggestion (“maybe the blue one?”), an offer, or a question that its writer answers.',
    lists: ['tag', 'greeting', 'exclamation', 'rhetorical', 'hedge', 'offer', 'own_answer', 'self'],
    is_unsure: false,
    fits: (reading) => {
      const { text, word_count } = reading
      if (isLongUntitled(reading))
        return hasMark(text, Math.max(0, text.length - 2)) || (hasMark(text, 0, 1) && text.slice(0, 3).some(self))
      if (word_count <= SHORT_MESSAGE_WORDS) return hasMark(text)
      return hasMark(text, 0, Math.min(3, text.length)) || hasMark(text, Math.max(0, text.length - 3))
    },
  },
  {
    id: 'invites',
    finds: 'announcement',
    says: 'The title or one of the first three sentences invites to an event: “join us on Thursday”, “registration is open”.',
    lists: ['invites'],
    is_unsure: true,
    fits: (reading) => openingOf(reading).some((sentence) => isUnmarked(sentence) && invites(sentence)),
  },
  {
    id: 'wants-to-know',
    finds: 'question',
    says: 'The title, or one of the first or last three sentences, says that something is wanted to know, without a question mark: “I was wondering”, “looking for recommendations”.',
    lists: ['wants_to_know', 'asks_others'],
    is_unsure: true,
    fits: (reading) =>
      edgesOf(reading).some((sentence) => isUnmarked(sentence) && !rhetorical(sentence) && (wantsToKnow(sentence) || asksOthers(sentence))),
  },
  {
    id: 'problem-and-plea',
    finds: 'question',
    says: 'Something does not work (“I can’t get … to work”, an error message), and help is asked for.',
    lists: ['problem', 'plea'],
    is_unsure: true,
    fits: (reading) => {
      const sentences = edgesOf(reading)
      return sentences.some(problem) && sentences.some(plea)
    },
  },
  {
    id: 'opening-words',
    finds: 'question',
    says: `The first or last sentence of the text begins as a question does, without a question mark: “how do I …”; or so does the title, over at most ${SHORT_MESSAGE_WORDS} words: a longer text explains.`,
    lists: ['question_opening', 'title_opening'],
    is_unsure: true,
    fits: ({ title, text, word_count }) =>
      beginsAsQuestion(text[0]) ||
      (text.length <= MOST_BEFORE_UNMARKED && beginsAsQuestion(text.at(-1))) ||
      (word_count <= SHORT_MESSAGE_WORDS &&
        (beginsAsQuestion(title[0]) || (title[0] !== undefined && isUnmarked(title[0]) && titleOpening(title[0])))),
  },
  {
    id: 'question-mark-inside',
    finds: 'question',
    says: `A question mark ends a sentence in the middle of a message with a title and more than ${SHORT_MESSAGE_WORDS} words.`,
    lists: ['tag', 'greeting', 'exclamation', 'rhetorical', 'hedge', 'offer', 'own_answer'],
    is_unsure: true,
    fits: ({ title, text }) => title.length > 0 && hasMark(text),
  },
  {
    id: 'calls-all',
    finds: 'announcement',
    says: 'It calls everybody (@channel, @everyone) and asks nothing.',
    lists: [],
    is_unsure: true,
    fits: ({ calls_all, word_count }) => calls_all && word_count >= 8,
  },
  {
    id: 'change-link',
    finds: 'work',
    says: `It links to a pull request, a merge request or a commit, in at most ${MOST_WORDS_WITH_CHANGE} words, and asks nothing.`,
    lists: [],
    is_unsure: true,
    fits: ({ links, word_count }) =>
      word_count <= MOST_WORDS_WITH_CHANGE && links.some((link) => ARTEFACT_LINK.test(link) && !/\/issues\//.test(link)),
  },
]

/** Where none fits: a plain post. */
export const NO_RULE = 'nothing-else'
/** The community's own word for the channel, which comes before all rules. */
export const CHANNEL_RULE = 'channel'
/** By these a message is classified with low confidence: a share of them caps the confidence of a verdict. */
export const UNSURE_RULES: readonly string[] = RULES.filter(({ is_unsure }) => is_unsure).map(({ id }) => id)

export const TYPE_OF: Record<FoundType, Extract<EventType, 'question.asked' | 'announcement.published' | 'post.published'>> = {
  question: 'question.asked',
  announcement: 'announcement.published',
  // a thread that opened as work: properties.work says so
  work: 'post.published',
  post: 'post.published',
}

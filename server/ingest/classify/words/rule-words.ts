import type { Phrase } from '../phrases.ts'

/** The words of one language, by what they show; `phrases.ts` has the notation. */
export type RuleWords = {
  /** Asks others, wherever it stands: "does anyone know". */
  asks_others: readonly Phrase[]
  /** Says that something is wanted to know: "I was wondering". */
  wants_to_know: readonly Phrase[]
  /** Begins a question, with or without its mark: "how do I". */
  question_opening: readonly Phrase[]
  /** Begins a title that asks without a mark: "how to". */
  title_opening: readonly Phrase[]
  /** Something does not work … */
  problem: readonly Phrase[]
  /** … and help is asked for. */
  plea: readonly Phrase[]
  /** Ends a sentence that asks nothing: ", right?". */
  tag: readonly Phrase[]
  /** Is a greeting, as a whole sentence: "how are you?". */
  greeting: readonly Phrase[]
  /** Asks nothing, as a whole sentence: "really?". */
  exclamation: readonly Phrase[]
  /** Begins a question that asks nothing: "did you know". */
  rhetorical: readonly Phrase[]
  /** A question to whoever reads an advertisement, as a whole sentence or at its beginning: "interested?". */
  offer: readonly Phrase[]
  /** Begins the sentence after a question its writer answers: "because". */
  own_answer: readonly Phrase[]
  /** Begins the title or the message of an announcement. */
  news_opening: readonly Phrase[]
  /** Announces, wherever it stands in the opening sentences: "pleased to announce". */
  announces: readonly Phrase[]
  /** Names a newsletter, in the title or the first sentence. */
  newsletter: readonly Phrase[]
  /** Invites to an event, in the opening sentences: "registration is open". */
  invites: readonly Phrase[]
  /** Begins the title or the message of a piece of work: "minutes of". */
  work_opening: readonly Phrase[]
  /** Talks about a piece of work in hand, in the opening sentences: "please review the draft". */
  work_talk: readonly Phrase[]
  /** Asks for a hand with a piece of work, as a question or not: "can someone review the PR". */
  work_request: readonly Phrase[]
  /** The writer: who asks for themselves is in the question. */
  self: readonly Phrase[]
  /** What became of something, in a title: "Pump 2.0 released". In a text it may be anybody's news. */
  title_news: readonly Phrase[]
  /** Makes a suggestion of what ends with a question mark: "maybe try the blue one?". */
  hedge: readonly Phrase[]
}

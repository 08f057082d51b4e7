/** What a source can tell, in the middle of a sentence. */
export const CAPABILITY_WORDS: Record<string, string> = {
  joins: 'who joined',
  leaves: 'who left',
  contributions: 'what was contributed',
  questions: 'which contributions are questions',
  accepted_answers: 'which answers were accepted',
  views: 'who read what',
  reactions: 'who reacted to what',
  practices: 'which practices were shared',
  value_reports: 'what value members report',
}

/** Greetings that open a conversation: English, German, French, Spanish, Portuguese; our judgement. */
const GREETING =
  /^\W*(?:hi+|hello+|hey+|hiya|howdy|greetings|yo|good (?:morning|afternoon|evening|day)|morning|evening|hallo|moin|servus|guten (?:morgen|tag|abend)|bonjour|bonsoir|salut|coucou|hola|buen(?:os d[ií]as|as tardes|as noches)|ol[aá]|oi|bom dia|boa (?:tarde|noite))(?![\p{L}\p{N}'])/iu

/** Whether a message begins with a greeting. */
export const isGreeting = (text: string): boolean => GREETING.test(text)

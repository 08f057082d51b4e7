/** The headings of the value report and the small words between its figures: the same on the page, in the PDF and in the mail. */
export const REPORT_HEADINGS = {
  caveats: 'Before you read on',
  benefits: 'What members got',
  pays: 'Does it pay its way?',
  benefited: 'Who got something out of it',
  stayed: 'Who stayed',
  break_even: 'What each answer must save',
  claims: 'What members say they saved',
  growth: 'Is it growing?',
  stories: 'In members’ own words',
  ask: 'What is asked of you',
  notes: 'Notes',
  making: 'How this report was made',
} as const

/** Inside each benefit. */
export const BENEFIT_PARTS = {
  measured: 'Measured',
  confirmed: 'Confirmed by members',
  unmeasured: 'Not measured',
  untold: 'Cannot be told',
} as const
export const CLAIM_RANGE = { low: 'Low', central: 'Central', high: 'High' } as const
export const OUTLIERS_APART = 'Apart from these, and in none of the three:'
export const NOTHING_ASKED = 'Nothing is asked of you this month.'

/** Over what is measured; where none of it has a value, "Measured" would not be true. */
export const nameMeasured = (figures: readonly { value: string | null }[]): string =>
  figures.some(({ value }) => value !== null) ? BENEFIT_PARTS.measured : BENEFIT_PARTS.untold

/** The headings of the value report and the small words between its figures: the same on the page, in the PDF and in the mail. */
export const REPORT_HEADINGS = {
  caveats: 'Before you read on',
  benefits: 'What members got',
  pays: 'Does it pay its way?',
  growth: 'Is it growing?',
  stories: 'In members’ own words',
  ask: 'What the manager asks of you',
  footnotes: 'Notes',
  made: 'How this report was made',
} as const

/** Inside each benefit. */
export const BENEFIT_PARTS = { measured: 'Measured', confirmed: 'Confirmed by members', unmeasured: 'Not measured' } as const
export const NOT_MEASURED = 'Not measured'

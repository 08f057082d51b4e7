/** The value report of a community, month by month: what a sponsor reads, and what its managers add to it. */
export const ReportPage = () => <h1>Value report</h1>

/** The report behind a link that opens without signing in; what the PDF prints as well. */
export const SharedReportPage = () => <h1>Value report</h1>

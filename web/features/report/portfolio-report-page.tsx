/** The reports of several communities on one page, for a sponsor of several. */
export const PortfolioReportPage = () => <h1>Value reports</h1>

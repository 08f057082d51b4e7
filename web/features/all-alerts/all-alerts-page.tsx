export const AllAlertsPage = () => <h1>Alerts of all communities</h1>

import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { readAlertsSearch } from '../features/alerts/alerts-search.ts'
import { readCaseSearch } from '../features/cases/case-search.ts'
import { readCasesSearch } from '../features/cases/cases-search.ts'
import { readCompareSearch } from '../features/compare/compare-search.ts'
import { readEvidenceSearch } from '../features/evidence/evidence-search.ts'
import { readImportSearch } from '../features/import/import-search.ts'
import { readInterventionsSearch } from '../features/interventions/interventions-search.ts'
import { readMembershipSearch } from '../features/membership/membership-search.ts'
import { readOverviewSearch } from '../features/overview/overview-search.ts'
import { readNetworkSearch } from '../features/network/network-search.ts'
import { readPeriodSearch } from '../features/period/period-search.ts'
import { readPortfolioSearch } from '../features/portfolio/portfolio-search.ts'
import { readReportSearch } from '../features/report/report-search.ts'
import { readVoicesSearch } from '../features/voices/voices-search.ts'
import { ApiProblem } from './api.ts'
import { NotFoundPage, PageProblem } from './page-problem.tsx'
import { catalogueQuery, communitiesQuery, meQuery } from './queries.ts'
import { Shell } from './shell.tsx'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: PageProblem,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string; error?: string } => ({
    to: text(search.to),
    error: text(search.error),
  }),
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.tsx'), 'SignInPage'),
})

/** Everything but the sign-in page asks who is reading first. A used or expired link comes back here with `error`. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    try {
      return { me: await context.client.ensureQueryData(meQuery) }
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error
      const failed = new URLSearchParams(location.searchStr).get('error') ?? undefined
      throw redirect({ to: '/sign-in', search: { to: location.href === '/' || failed ? undefined : location.href, error: failed } })
    }
  },
  component: Shell,
  errorComponent: PageProblem,
})

const portfolio = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: readPortfolioSearch,
  loader: ({ context }) => void context.client.prefetchQuery(communitiesQuery),
  component: lazyRouteComponent(() => import('../features/portfolio/portfolio-page.tsx'), 'PortfolioPage'),
})

/** What every page of numbers needs before it can begin. */
const fetchNumbers = ({ context }: { context: { client: QueryClient } }) => {
  void context.client.prefetchQuery(communitiesQuery)
  void context.client.prefetchQuery(catalogueQuery)
}

const overview = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug',
  validateSearch: readOverviewSearch,
  loader: fetchNumbers,
  component: lazyRouteComponent(() => import('../features/overview/overview-page.tsx'), 'OverviewPage'),
})

const membership = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/membership',
  validateSearch: readMembershipSearch,
  loader: fetchNumbers,
  component: lazyRouteComponent(() => import('../features/membership/membership-page.tsx'), 'MembershipPage'),
})

const helping = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/helping',
  validateSearch: readPeriodSearch,
  loader: fetchNumbers,
  component: lazyRouteComponent(() => import('../features/helping/helping-page.tsx'), 'HelpingPage'),
})

const voices = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/voices',
  validateSearch: readVoicesSearch,
  loader: fetchNumbers,
  component: lazyRouteComponent(() => import('../features/voices/voices-page.tsx'), 'VoicesPage'),
})

const network = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/network',
  validateSearch: readNetworkSearch,
  loader: fetchNumbers,
  component: lazyRouteComponent(() => import('../features/network/network-page.tsx'), 'NetworkPage'),
})

const interventions = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/interventions',
  validateSearch: readInterventionsSearch,
  loader: fetchNumbers,
  component: lazyRouteComponent(() => import('../features/interventions/interventions-page.tsx'), 'InterventionsPage'),
})

const compare = createRoute({
  getParentRoute: () => shell,
  path: '/compare',
  validateSearch: readCompareSearch,
  loader: fetchNumbers,
  component: lazyRouteComponent(() => import('../features/compare/compare-page.tsx'), 'ComparePage'),
})

const report = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/report',
  validateSearch: readReportSearch,
  loader: ({ context }) => void context.client.prefetchQuery(communitiesQuery),
  component: lazyRouteComponent(() => import('../features/report/report-page.tsx'), 'ReportPage'),
})

const reportSettings = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/report/settings',
  loader: ({ context }) => void context.client.prefetchQuery(communitiesQuery),
  component: lazyRouteComponent(() => import('../features/report-settings/report-settings-page.tsx'), 'ReportSettingsPage'),
})

const ask = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/ask',
  loader: ({ context }) => void context.client.prefetchQuery(communitiesQuery),
  component: lazyRouteComponent(() => import('../features/ask/ask-page.tsx'), 'AskPage'),
})

const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/alerts',
  validateSearch: readAlertsSearch,
  loader: ({ context }) => void context.client.prefetchQuery(communitiesQuery),
  component: lazyRouteComponent(() => import('../features/alerts/alerts-page.tsx'), 'AlertsPage'),
})

const allAlerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  loader: ({ context }) => void context.client.prefetchQuery(communitiesQuery),
  component: lazyRouteComponent(() => import('../features/all-alerts/all-alerts-page.tsx'), 'AllAlertsPage'),
})

const portfolioReport = createRoute({
  getParentRoute: () => shell,
  path: '/report',
  validateSearch: readReportSearch,
  component: lazyRouteComponent(() => import('../features/report/portfolio-report-page.tsx'), 'PortfolioReportPage'),
})

const mail = createRoute({
  getParentRoute: () => shell,
  path: '/mail',
  component: lazyRouteComponent(() => import('../features/mail/mail-page.tsx'), 'MailPage'),
})

/** Opens without signing in: whoever has the link may read. */
const sharedReport = createRoute({
  getParentRoute: () => root,
  path: '/r/$token',
  validateSearch: readReportSearch,
  component: lazyRouteComponent(() => import('../features/report/shared-report-page.tsx'), 'SharedReportPage'),
})

const cases = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/cases',
  validateSearch: readCasesSearch,
  loader: fetchNumbers,
  component: lazyRouteComponent(() => import('../features/cases/cases-page.tsx'), 'CasesPage'),
})

const oneCase = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/case',
  validateSearch: readCaseSearch,
  loader: fetchNumbers,
  component: lazyRouteComponent(() => import('../features/cases/case-page.tsx'), 'CasePage'),
})

const evidence = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/evidence',
  validateSearch: readEvidenceSearch,
  loader: ({ context }) => void context.client.prefetchQuery(communitiesQuery),
  component: lazyRouteComponent(() => import('../features/evidence/evidence-page.tsx'), 'EvidencePage'),
})

const data = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/data',
  component: lazyRouteComponent(() => import('../features/data/data-page.tsx'), 'DataPage'),
})

const importRoute = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/import',
  validateSearch: readImportSearch,
  loader: ({ context }) => void context.client.prefetchQuery(communitiesQuery),
  component: lazyRouteComponent(() => import('../features/import/import-page.tsx'), 'ImportPage'),
})

const houseRules = createRoute({
  getParentRoute: () => shell,
  path: '/c/$slug/rules',
  loader: ({ context }) => void context.client.prefetchQuery(communitiesQuery),
  component: lazyRouteComponent(() => import('../features/house-rules/house-rules-page.tsx'), 'HouseRulesPage'),
})

const definitions = createRoute({
  getParentRoute: () => shell,
  path: '/definitions',
  validateSearch: (search: Record<string, unknown>): { q?: string; c?: string } => ({ q: text(search.q), c: text(search.c) }),
  loader: ({ context }) => {
    void context.client.prefetchQuery(catalogueQuery)
    void context.client.prefetchQuery(communitiesQuery)
  },
  component: lazyRouteComponent(() => import('../features/definitions/definitions-page.tsx'), 'DefinitionsPage'),
})

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('../features/people/people-page.tsx'), 'PeoplePage'),
})

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('../features/account/account-page.tsx'), 'AccountPage'),
})

const welcome = createRoute({
  getParentRoute: () => shell,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../features/account/welcome-page.tsx'), 'WelcomePage'),
})

const routeTree = root.addChildren([
  signIn,
  sharedReport,
  shell.addChildren([
    portfolio,
    compare,
    overview,
    membership,
    helping,
    voices,
    network,
    interventions,
    report,
    reportSettings,
    ask,
    alerts,
    cases,
    oneCase,
    evidence,
    data,
    importRoute,
    houseRules,
    definitions,
    people,
    mail,
    portfolioReport,
    allAlerts,
    account,
    welcome,
  ]),
])

export const createAppRouter = (client: QueryClient) =>
  createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: PageProblem,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}

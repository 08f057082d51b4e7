import { metrics } from './catalogue.ts'
import { renderDefinitions } from './render-definitions.ts'
import { renderSql } from './render-sql.ts'

/** Folder that holds one file a metric and nothing else, relative to the project. */
export const SQL_FOLDER = 'sql/metrics'

/** Every file made from the catalogue, by its path in the project. A test fails where one differs from what is stored. */
export const renderFiles = (): Map<string, string> =>
  new Map([
    ...metrics.map((metric) => [`${SQL_FOLDER}/${metric.id}.sql`, renderSql(metric)] as const),
    ['docs/metrics.md', renderDefinitions(metrics)] as const,
  ])

import { readFileSync } from 'node:fs'
import { localDayOf } from './local-day.ts'

/** In statements, `local_day(column, $n)` stands for the local day of an instant, in the zone of that parameter. */
const LOCAL_DAY = /\blocal_day\(([\w.]+), (\$\d+)\)/g

/** The text of `sql/rollups/<name>.sql`, ready to run. */
export const rollupStatement = (name: string): string =>
  readFileSync(new URL(`../../sql/rollups/${name}.sql`, import.meta.url), 'utf8').replace(LOCAL_DAY, (_, at: string, zone: string) =>
    localDayOf(at, zone),
  )

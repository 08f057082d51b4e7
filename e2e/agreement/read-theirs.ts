import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

type Row = { from_on: string; key: string; field: string; value: string; by: string }
/** What another program found: fields of a point, and which package each is by. */
export type TheirPoint = Map<string, { value: number; by: string }[]>
/** By "first day of the period series key". */
export type TheirPoints = Map<string, TheirPoint>

/** Reads what measure.py and measure.R left in a folder. */
export const readTheirs = async (folder: string): Promise<TheirPoints> => {
  const points: TheirPoints = new Map()
  for (const file of ['python.csv', 'r.csv'].map((name) => join(folder, name)).filter((path) => existsSync(path)))
    for (const { from_on, key, field, value, by } of parse(readFileSync(file), { columns: true }) as Row[]) {
      const at = `${from_on} ${key}`
      const point = points.get(at) ?? new Map()
      points.set(at, point.set(field, [...(point.get(field) ?? []), { value: Number(value), by }]))
    }
  return points
}

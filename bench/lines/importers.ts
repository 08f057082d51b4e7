/** Megabytes a second from an archive's file to rows, beside its parser alone; the most memory of it, for two sizes; and inferred threads. */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { KNOWN_SOURCES } from '../../server/ingest/sources/known-sources.ts'
import type { BenchOptions } from '../bench-options.ts'
import type { BenchServer } from '../bench-server.ts'
import type { Finding } from '../finding.ts'
import { runInChild } from '../in-child.ts'
import { MAKE_ARCHIVE } from '../make-archive.ts'
import type { ReadAnswer, ReadOrder } from '../read-archive.ts'

const MEMORY_LIMIT_BYTES = 300 * 1024 * 1024
const MEGABYTE = 1024 * 1024
/** As the server starts the process that imports. */
const FLAGS = ['--max-old-space-size=200', '--max-semi-space-size=8']
const READER = new URL('../read-archive.ts', import.meta.url)

export const benchImporters = async (_server: BenchServer, options: BenchOptions): Promise<Finding[]> => {
  const findings: Finding[] = []
  for (const { name } of KNOWN_SOURCES) findings.push(...(await measureFormat(name, options)))
  return [...findings, await measureInference(options.inferredMessages)]
}

const read = (order: ReadOrder) => runInChild<ReadAnswer>(READER, order, FLAGS)

const measureFormat = async (format: string, { archiveMegabytes, folder }: BenchOptions): Promise<Finding[]> => {
  const findings: Finding[] = []
  const most: number[] = []
  for (const megabytes of archiveMegabytes) {
    const place = join(folder, `archive-${format}`)
    await rm(place, { recursive: true, force: true })
    await mkdir(place, { recursive: true })
    const make = MAKE_ARCHIVE[format]
    if (make === undefined) throw new Error(`There is no made-up archive of ${format}`)
    try {
      const { path, bytes } = make(place, megabytes * MEGABYTE)
      const whole = await read({ mode: 'import', path, format })
      most.push(whole.mostBytes)
      const perSecond = bytes / MEGABYTE / whole.seconds
      const finding: Finding = {
        line: 'importers',
        what: `${format}, ${megabytes} MB to rows`,
        size: whole.rows,
        value: perSecond,
        unit: 'MB/s',
      }
      if (findings.length > 0) findings.push(finding)
      else {
        const parsed = await read({ mode: 'parse', path, format })
        findings.push({
          ...finding,
          ratio: parsed.seconds / whole.seconds,
          ratio_to: 'its parser alone',
          detail: `${Math.round(whole.rows / whole.seconds)} events/s`,
        })
      }
    } finally {
      await rm(place, { recursive: true, force: true })
    }
  }
  const greatest = Math.max(...most)
  findings.push({
    line: 'importers',
    what: `${format}, most memory of the process`,
    size: null,
    value: greatest / MEGABYTE,
    unit: 'MB',
    target: `under ${MEMORY_LIMIT_BYTES / MEGABYTE} MB`,
    is_met: greatest < MEMORY_LIMIT_BYTES,
    detail: most.map((bytes, at) => `${Math.round(bytes / MEGABYTE)} MB for ${archiveMegabytes[at]} MB`).join(', '),
  })
  return findings
}

/** Messages a second, less what making them up takes. */
const measureInference = async (messages: number): Promise<Finding> => {
  const passed = await read({ mode: 'pass', messages })
  const inferred = await read({ mode: 'infer', messages })
  return {
    line: 'importers',
    what: 'threads of a flat chat inferred',
    size: messages,
    value: messages / Math.max(inferred.seconds - passed.seconds, 0.001),
    unit: 'messages/s',
    detail: `${Math.round(inferred.mostBytes / MEGABYTE)} MB`,
  }
}

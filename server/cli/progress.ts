import { Presets, SingleBar } from 'cli-progress'

export type Progress = { update: (done: number, note: string) => void; stop: () => void }

const SILENT: Progress = { update: () => {}, stop: () => {} }

/** A progress bar on standard error, where that is a terminal; elsewhere nothing. */
export const startProgress = (total: number, isTerminal: boolean): Progress => {
  if (!isTerminal) return SILENT
  const bar = new SingleBar(
    { format: '{bar} {percentage} %  {note}', stream: process.stderr, hideCursor: true, clearOnComplete: true, etaBuffer: 50, fps: 8 },
    Presets.shades_classic,
  )
  bar.start(Math.max(1, total), 0, { note: '' })
  return { update: (done, note) => bar.update(Math.min(done, total), { note }), stop: () => bar.stop() }
}

import type { Browser } from 'playwright-core'
import { launchChromium } from '../server/print/chromium.ts'

/**
 * A headless Chromium: the one at CHROMIUM_PATH, else the one of the npm package @sparticuz/chromium, which brings its own system
 * libraries and fonts, so that a bare machine will do. Works as root. The caller closes it.
 */
export const launchBrowser = (): Promise<Browser> => launchChromium({ path: process.env.CHROMIUM_PATH, env: process.env })

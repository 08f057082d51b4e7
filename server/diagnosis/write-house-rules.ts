// part of npm run render: writes the page of documentation made from the thresholds
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOUSE_RULES_FILE, renderHouseRules } from './render-house-rules.ts'

writeFileSync(join(import.meta.dirname, '../..', HOUSE_RULES_FILE), renderHouseRules())

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { makeWebhookSecret, signWebhook } from '../server/mail/sign-webhook.ts'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

it('the example that verifies a signature does so, and is the one on the page', async () => {
  const example = /```js\n(.*?)```/s.exec(read('docs/alert-hooks.md'))?.[1] as string
  const { isFromBarnraise } = (await import(`data:text/javascript,${encodeURIComponent(example)}`)) as {
    isFromBarnraise: (headers: Record<string, string>, body: string, secret: string) => boolean
  }
  const secrets = [makeWebhookSecret(), makeWebhookSecret()] as const
  const body = '{"grüße":"あ"}'
  const headers = signWebhook({ key: 'one', body }, secrets, new Date())
  for (const secret of secrets) expect(isFromBarnraise(headers, body, secret)).toBe(true)
  expect(isFromBarnraise(headers, body, makeWebhookSecret())).toBe(false)
  expect(isFromBarnraise(headers, `${body} `, secrets[0])).toBe(false)
  expect(isFromBarnraise({ ...headers, 'webhook-id': 'msg_x' }, body, secrets[0])).toBe(false)
  const old = signWebhook({ key: 'one', body }, secrets, new Date(Date.now() - 301_000))
  expect(isFromBarnraise(old, body, secrets[0])).toBe(false)
  const page = read('web/features/alerts/hook-secret.tsx').replaceAll('\\`', '`').replaceAll('\\$', '$')
  for (const line of example.trim().split('\n').slice(1)) expect(page).toContain(line)
})

import { describe, expect, it } from 'vitest'
import { isBareThanks } from './bare-thanks.ts'

describe('a message that only thanks', () => {
  it.each([
    'thanks',
    'Thanks!',
    'Thank you so much 🙏',
    'thx :pray:',
    'Thanks, Ana!',
    'Ana, thanks a lot',
    '@ana thanks, that worked!',
    '<@U123> thank you for your quick reply',
    'Thanks everyone for the help!!',
    'Awesome, thank you!',
    'ty',
    'Cheers mate',
    'Danke!',
    'Vielen Dank für die schnelle Hilfe',
    'danke dir, hat geklappt',
    'Merci beaucoup pour votre aide',
    "Merci d'avance",
    'Muchas gracias por la ayuda',
    '¡Gracias!',
    'Muito obrigado pela ajuda, funcionou',
    'Obrigada!',
  ])('is "%s"', (text) => {
    expect(isBareThanks(null, text)).toBe(true)
  })

  it.each([
    '',
    'ok',
    'No thanks to the valve, it leaks',
    'Thanks. Reboot',
    'Thanks, but which valve do you mean?',
    'Thanks, close the valve first',
    'thanks https://example.org/manual',
    'Danke, aber das Ventil klemmt noch',
    'Merci, et comment fermer la vanne ?',
    'Gracias, pero la bomba no arranca',
    'Obrigado, mas a bomba vaza',
    'I solved it: turn the valve twice. Thanks all',
  ])('is not "%s"', (text) => {
    expect(isBareThanks(null, text)).toBe(false)
  })

  it('has no title', () => {
    expect(isBareThanks('A new pump', 'Thanks')).toBe(false)
  })
})

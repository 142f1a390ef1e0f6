import { DEMO_COMPANY, emulatedPhones, expect, freshName, freshNumber, test } from './journey'
import { ChannelsPage } from './pages/channels-page'
import { InboxPage } from './pages/inbox-page'

test('a number is connected by its code, and its customer is greeted, routed and answered', async ({
  openAs,
}) => {
  const phones = emulatedPhones()
  const company = freshNumber()
  const customer = { number: freshNumber(), name: freshName('Rosa Elvira') }
  const channels = new ChannelsPage(await openAs('hernan'), DEMO_COMPANY)
  const marisol = new InboxPage(await openAs('marisol'))
  await marisol.open(DEMO_COMPANY)
  await marisol.sortByRecent()
  const customerSays = (text: string) =>
    phones.say({ to: company, from: customer.number, name: customer.name, text })
  const customerReads = async () =>
    (await phones.inbox({ customer: customer.number })).map(({ text }) => text ?? '')

  await test.step('the owner shows the code and the phone scans it', async () => {
    const name = freshName('Ventas')
    await channels.open()
    await channels.connectWhatsapp(name)
    const qr = await channels.readCode()
    expect(await phones.scan({ qr, phone: company })).toMatchObject({ accepted: true })
    await phones.wait({ what: 'online', phone: company })
    await channels.seeConnected(name)
  })

  await test.step('the menu greets the customer once', async () => {
    await customerSays('hola')
    await phones.wait({ what: 'inbox', customer: customer.number, count: 1 })
    expect(await customerReads()).toEqual([expect.stringContaining('¿En qué te ayudamos?')])
  })

  // Garantías has one member, so the right agent is known.
  await test.step('the option reaches the right agent’s screen', async () => {
    await customerSays('4')
    await expect(marisol.row(customer.name)).toContainText('Pendiente', { timeout: 3_000 })
  })

  await test.step('the answer is on the customer’s phone', async () => {
    await customerSays('Se me partió una patica')
    await marisol.openChat(customer.name)
    await expect(marisol.message('Se me partió una patica')).toBeVisible()
    await phones.autoDeliver({ on: false })
    await marisol.answer('La cambiamos sin costo.')
    await expect(async () => expect(await customerReads()).toContain('La cambiamos sin costo.')).toPass()
    await expect(marisol.ticks('La cambiamos sin costo.', 'Enviado')).toBeVisible()
  })

  await test.step('the ticks turn as the phone receives and the customer reads', async () => {
    await phones.receipt({ customer: customer.number, type: 'delivered' })
    await expect(marisol.ticks('La cambiamos sin costo.', 'Entregado')).toBeVisible()
    await phones.receipt({ customer: customer.number, type: 'read' })
    await expect(marisol.ticks('La cambiamos sin costo.', 'Leído')).toBeVisible()
    await phones.autoDeliver({ on: true })
  })
})

test('a code that WhatsApp wants anew is drawn anew, and the second scan connects', async ({ openAs }) => {
  const phones = emulatedPhones()
  const company = freshNumber()
  const channels = new ChannelsPage(await openAs('hernan'), DEMO_COMPANY)
  const name = freshName('Pedidos')
  await channels.open()
  await channels.connectWhatsapp(name)
  const first = await channels.readCode()

  await phones.regRefresh({ on: true })
  try {
    const refused = await phones.scan({ qr: first, phone: company })
    expect(refused).toEqual({ accepted: false, reason: 'registration-refreshed' })
    const second = await channels.readCodeAfter(first)
    expect(await phones.scan({ qr: second, phone: company })).toMatchObject({ accepted: true })
    await channels.seeConnected(name)
  } finally {
    await phones.regRefresh({ on: false })
  }
})

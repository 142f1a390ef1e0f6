import type { Page } from '@playwright/test'
import { DEMO_COMPANY, emulatedPhones, expect, freshName, freshNumber, test } from './journey'
import { ChannelsPage } from './pages/channels-page'
import { InboxPage } from './pages/inbox-page'
import { PhonePage } from './pages/phone-page'

/** Three times what is aimed at, where the product itself waits before it acts. */
const PATIENT = { timeout: 30_000 }
const SALES = '3'

/** A customer who has chosen Ventas; both of its members see the chat, whoever of them it was given to. */
async function customerOfSales(page: Page): Promise<{ phone: PhonePage; customer: string }> {
  const phone = new PhonePage(page)
  const customer = freshName('Nidia Quiroga')
  await phone.openAs(DEMO_COMPANY, customer)
  await phone.say('hola')
  await expect(phone.message(/¿En qué te ayudamos\?/)).toBeVisible()
  await phone.say(SALES)
  await expect(phone.message(/te atiende el área de Ventas/)).toBeVisible()
  return { phone, customer }
}

async function openList(page: Page): Promise<InboxPage> {
  const inbox = new InboxPage(page)
  await inbox.open(DEMO_COMPANY)
  await inbox.see('Todos')
  await inbox.sortByRecent()
  return inbox
}

test('A gives a chat to a person at once, T passes it to a team with a note', async ({ openAs }) => {
  const { customer } = await customerOfSales(await openAs('lucia'))
  const marisol = await openList(await openAs('marisol'))
  await marisol.openChat(customer)

  await test.step('A lists people, the reader first', async () => {
    await marisol.page.keyboard.press('a')
    const picker = marisol.assignPicker
    await expect(picker.getByRole('button', { name: 'Lucía Benavides' })).toBeVisible()
    await expect(picker.getByRole('button', { name: 'Garantías' })).toHaveCount(0)
    await expect(picker.getByLabel('Nota para quien lo recibe')).toHaveCount(0)
    await picker.getByLabel('Busca a una persona').fill('lucia')
    await marisol.page.keyboard.press('Enter')
    await expect(picker).toBeHidden()
    await expect(marisol.fact('A cargo')).toContainText('Lucía Benavides')
  })

  await test.step('T offers the teams, and takes a note along', async () => {
    await marisol.page.keyboard.press('t')
    const picker = marisol.passPicker
    await picker.getByLabel('Nota para quien lo recibe').fill('Es por la garantía')
    await picker.getByRole('button', { name: 'Garantías' }).click()
    await expect(marisol.fact('Área')).toHaveText('Garantías')
    await expect(marisol.message('Es por la garantía')).toBeVisible()
  })
})

test('without internet what is written waits, and everything missed is there when it is back', async ({
  openAs,
}) => {
  const { phone, customer } = await customerOfSales(await openAs('lucia'))
  const marisol = await openList(await openAs('marisol'))
  const andres = await openList(await openAs('andres'))
  await marisol.openChat(customer)
  const internet = marisol.page.context()

  await test.step('a bar says so, and the answer waits in its place', async () => {
    await internet.setOffline(true)
    await expect(marisol.bar('Sin internet. Puedes seguir leyendo y escribiendo.')).toBeVisible()
    await marisol.answer('Ya lo miro.')
    await expect(marisol.ticks('Ya lo miro.', 'En camino')).toBeVisible()
    await expect(marisol.messages.getByText('Se enviará al volver la conexión')).toBeVisible()
  })

  await test.step('a view that was never loaded says why it is empty', async () => {
    await marisol.see('Resueltos')
    await expect(marisol.page.getByText('Cargará solo al volver la conexión.')).toBeVisible()
    await marisol.see('Todos')
  })

  await test.step('meanwhile the customer writes again', async () => {
    await phone.say('¿Sigue ahí?')
    await expect(andres.row(customer)).toContainText('¿Sigue ahí?')
    await expect(marisol.row(customer)).not.toContainText('¿Sigue ahí?')
  })

  await test.step('back again, both sides have it all', async () => {
    const healed = marisol.page.waitForResponse((response) => response.url().includes('conversations.since'))
    await internet.setOffline(false)
    expect((await healed).ok()).toBe(true)
    await expect(marisol.message('¿Sigue ahí?')).toBeVisible()
    await expect(phone.message('Ya lo miro.')).toBeVisible()
    await expect(marisol.messages.getByText('Se enviará al volver la conexión')).toBeHidden()
    await expect(marisol.bar('Sin internet.')).toBeHidden()
  })
})

test('when nothing is pushed a strip says so, and the list still gets what is new', async ({ openAs }) => {
  test.slow()
  const { phone, customer } = await customerOfSales(await openAs('lucia'))
  const page = await openAs('marisol')
  const sockets = await holdSockets(page)
  const marisol = await openList(page)
  await expect(marisol.row(customer)).toBeVisible()
  const strip = marisol.bar('Sin conexión en vivo.')

  await test.step('the strip shows once the connection stays away', async () => {
    await sockets.cut()
    await expect(strip).toBeVisible(PATIENT)
  })

  await test.step('the list heals by its cursor', async () => {
    await phone.say('¿Me escucha?')
    await expect(marisol.row(customer)).toContainText('¿Me escucha?', PATIENT)
  })

  await test.step('connected again, the strip goes and news come at once', async () => {
    sockets.mend()
    await expect(strip).toBeHidden({ timeout: 60_000 })
    await phone.say('Ya volví')
    await expect(marisol.row(customer)).toContainText('Ya volví')
  })
})

test('a message says whether the server was not reached or refused it', async ({ openAs }) => {
  const { phone, customer } = await customerOfSales(await openAs('lucia'))
  const marisol = await openList(await openAs('marisol'))
  const andres = await openList(await openAs('andres'))
  const sending = '**/api/trpc/*conversations.send*'
  await marisol.openChat(customer)

  await test.step('not reached: it stays, and goes when asked to', async () => {
    await marisol.page.route(sending, (route) => route.abort())
    await marisol.answer('¿Le sirve el jueves?')
    await expect(marisol.ticks('¿Le sirve el jueves?', 'No salió')).toBeVisible()
    await expect(marisol.messages.getByText('No llegamos al servidor.')).toBeVisible()
    await marisol.page.unroute(sending)
    await marisol.messages.getByRole('button', { name: 'Reintentar' }).click()
    await expect(phone.message('¿Le sirve el jueves?')).toHaveCount(1)
  })

  await test.step('refused: the reason is the server’s', async () => {
    await expect(andres.row(customer)).toContainText('Seguimiento')
    await andres.openChat(customer)
    await marisol.page.route(sending, async (route) => {
      // His screen says so before the server does: only its answer makes the chat resolved for everyone.
      const answered = andres.page.waitForResponse(/conversations\.resolve/)
      await andres.resolve(customer)
      await answered
      await route.continue()
    })
    await marisol.answer('¿O el viernes?')
    await expect(marisol.messages.getByText('Ese chat ya está resuelto.')).toBeVisible()
  })
})

test('a list that does not come says that the server was not reached, and comes when asked again', async ({
  openAs,
}) => {
  const marisol = await openList(await openAs('marisol'))
  const listing = '**/api/trpc/*conversations.list*'
  await marisol.page.route(listing, (route) => route.abort())
  await marisol.see('Resueltos')
  await expect(marisol.page.getByText('No pudimos cargar los chats')).toBeVisible(PATIENT)
  await expect(marisol.page.getByText(/^No pudimos llegar al servidor\./)).toBeVisible()
  await marisol.page.unroute(listing)
  await marisol.page.getByRole('button', { name: 'Reintentar' }).click()
  await expect(marisol.list.getByRole('listitem').first()).toBeVisible()
})

test('a long chat opens at its end and loads upwards, and says when its channel is down', async ({
  openAs,
}) => {
  test.slow()
  const phones = emulatedPhones()
  const company = freshNumber()
  const customer = { number: freshNumber(), name: freshName('Rosa Elvira') }
  const channel = freshName('Ventas')
  const channels = new ChannelsPage(await openAs('hernan'), DEMO_COMPANY)
  const marisol = await openList(await openAs('marisol'))
  const say = (text: string) => ({ to: company, from: customer.number, name: customer.name, text })
  const count = 120

  await test.step('a customer of a connected number writes a lot', async () => {
    await channels.open()
    await channels.connectWhatsapp(channel)
    await phones.scan({ qr: await channels.readCode(), phone: company })
    await phones.wait({ what: 'online', phone: company })
    await channels.seeConnected(channel)
    await phones.say(say('hola'))
    await phones.wait({ what: 'inbox', customer: customer.number, count: 1 })
    // Of Garantías Marisol is the one member: she sees the chat, given to her or in the line.
    await phones.say(say('4'))
    await expect(marisol.row(customer.name)).not.toContainText('En el menú')
    await phones.say(Array.from({ length: count }, (_, index) => say(`Mensaje ${index + 1}`)))
    await expect(marisol.row(customer.name)).toContainText('99+', PATIENT)
  })

  await test.step('the newest are there at once, the oldest once one scrolls up to them', async () => {
    await marisol.openChat(customer.name)
    await expect(marisol.message(`Mensaje ${count}`)).toBeVisible()
    await expect(marisol.message('Mensaje 1')).toHaveCount(0)
    await marisol.messages.hover()
    await expect(async () => {
      await marisol.page.mouse.wheel(0, -5_000)
      await expect(marisol.messages.getByText('Aquí empieza este chat')).toBeVisible({ timeout: 500 })
    }).toPass(PATIENT)
    await expect(marisol.message('Mensaje 1')).toBeVisible()
  })

  await test.step('the number is lost: an amber bar says what happens to messages now', async () => {
    await expect(marisol.bar(`Falta escanear el código de ${channel}`)).toHaveCount(0)
    await phones.logout({ phone: company })
    await expect(marisol.bar(`Falta escanear el código de ${channel}`)).toContainText(
      'Lo que escribas queda guardado y sale en orden.',
    )
  })
})

type Sockets = {
  /** Ends what is open and lets nothing through until mended. */
  cut: () => Promise<void>
  mend: () => void
}

/** Stands between the page and the realtime server, from its next load on. */
async function holdSockets(page: Page): Promise<Sockets> {
  let isCut = false
  const closers: (() => Promise<unknown>)[] = []
  await page.routeWebSocket(/\/app\//, async (socket) => {
    if (isCut) return socket.close()
    const server = socket.connectToServer()
    closers.push(() => Promise.all([socket.close(), server.close()]))
  })
  return {
    cut: async () => {
      isCut = true
      await Promise.all(closers.splice(0).map((close) => close()))
    },
    mend: () => {
      isCut = false
    },
  }
}

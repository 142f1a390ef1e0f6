import { DEMO_COMPANY, expect, test } from './journey'
import { InboxPage } from './pages/inbox-page'
import { PhonePage } from './pages/phone-page'

const MARISOL = 'Marisol Quintero'
const ANDRES = 'Andrés Palacio'

test('a customer chooses in the menu, is answered, passed to a colleague and resolved', async ({
  openAs,
}) => {
  const marisol = new InboxPage(await openAs('marisol'))
  const andres = new InboxPage(await openAs('andres'))
  const phone = new PhonePage(await openAs('lucia'))
  await Promise.all([marisol, andres].map((inbox) => inbox.open(DEMO_COMPANY)))
  await phone.open(DEMO_COMPANY)
  const customer = await phone.becomeNewPersona()

  await test.step('the menu greets once', async () => {
    await phone.say('hola')
    await expect(phone.message(/¿En qué te ayudamos\?/)).toHaveCount(1)
  })

  // Of Ventas both are members, so both see the chat whoever of them it is given to.
  await test.step('the option leads to an agent of its team, whose screen shows it by itself', async () => {
    for (const inbox of [marisol, andres]) {
      await inbox.see('Todos')
      await inbox.sortByRecent()
    }
    await phone.say('3')
    await expect(marisol.row(customer)).toContainText('Pendiente', { timeout: 3_000 })
    await expect(andres.row(customer)).toContainText('Pendiente', { timeout: 3_000 })
    await expect(phone.message(/te atiende el área de Ventas/)).toBeVisible()
  })

  const isMarisols = await marisol.row(customer).getByText(`A cargo de ${MARISOL}`).count()
  const [first, second] = isMarisols > 0 ? [marisol, andres] : [andres, marisol]
  const [firstName, secondName] = isMarisols > 0 ? [MARISOL, ANDRES] : [ANDRES, MARISOL]

  await test.step('the agent answers and the phone shows it', async () => {
    await phone.say('¿Ya salió mi pedido?')
    await first.openChat(customer)
    await expect(first.message('¿Ya salió mi pedido?')).toBeVisible()
    await first.answer('Sí, llega mañana.')
    await expect(phone.message('Sí, llega mañana.')).toBeVisible()
  })

  await test.step('the ticks turn, and the colleague sees the row change', async () => {
    await expect(first.ticks('Sí, llega mañana.', 'Leído')).toBeVisible()
    await expect(second.row(customer)).toContainText('Seguimiento')
    await expect(second.row(customer)).toContainText('Sí, llega mañana.')
  })

  await test.step('passed on with a note, it is the colleague’s at once', async () => {
    await first.pass(secondName, 'Pregunta por su pedido')
    await second.see('Seguimiento')
    await expect(second.row(customer)).toBeVisible()
    await second.openChat(customer)
    await expect(second.messages.getByText('Pregunta por su pedido')).toBeVisible()
    await expect(second.messages.getByText(`${firstName} · nota interna`)).toBeVisible()
  })

  await test.step('resolved, taken back, and resolved for good', async () => {
    const state = second.details.getByText('Resuelto', { exact: true })
    await second.resolve(customer)
    await expect(state).toBeVisible()
    await second.undo()
    await expect(state).toBeHidden()
    await second.resolve(customer)
    await second.see('Resueltos')
    await expect(second.row(customer)).toContainText('Resuelto')
  })
})

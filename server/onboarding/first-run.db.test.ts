import { expect, test } from 'vitest'
import { sendMessage } from '@/server/conversations/commands'
import { newId } from '@/server/kernel/ids'
import { customerSays } from '@/tests/support/customer'
import { createCompany } from '@/tests/support/factories'
import { readFirstRun } from './queries'
import type { FirstStep } from './schema'
import { chooseTemplate } from './template'

const doneOf = ({ steps }: { steps: Record<FirstStep, boolean> }) =>
  (Object.keys(steps) as FirstStep[]).filter((step) => steps[step])

test('each first step is done when it has happened, and not before', async () => {
  const company = await createCompany()
  const { ownerCtx } = company
  const done = async () => doneOf(await readFirstRun(ownerCtx))
  const persona = { id: 'carla', name: 'Carla' }

  expect(await done()).toEqual(['company'])
  await chooseTemplate(ownerCtx, { trade: 'shop' })
  expect(await done()).toEqual(['company', 'menu'])
  await customerSays(company, persona, 'Hola')
  expect(await done()).toEqual(['company', 'menu', 'wrote', 'greeted'])
  const conversationId = await customerSays(company, persona, 'asesor')
  expect(await done()).toEqual(['company', 'menu', 'wrote', 'greeted', 'reached'])
  expect(await readFirstRun(ownerCtx)).toMatchObject({ chatId: conversationId })
  await sendMessage(await company.owner.ctx(), {
    conversationId,
    messageId: newId(),
    text: 'Buenas',
    note: false,
  })
  // Written is not answered: the step waits until the channel took it.
  expect(await done()).not.toContain('answered')
})

test('a number counts once it was connected, not while its code is on the screen', async () => {
  const company = await createCompany()
  const { tenantId, ownerCtx } = company
  const id = await company.channel('whatsapp-bridge')
  const set = (data: { state: string; address: string | null }) =>
    ownerCtx.db.channel.update({ where: { tenantId_id: { tenantId, id } }, data })

  await set({ state: 'scan', address: null })
  expect((await readFirstRun(ownerCtx)).steps.connected).toBe(false)
  await set({ state: 'disconnected', address: '573005550101' })
  expect((await readFirstRun(ownerCtx)).steps.connected).toBe(true)
})

test('a template may be chosen until a number is connected', async () => {
  const company = await createCompany()
  expect(await readFirstRun(company.ownerCtx)).toMatchObject({
    phone: { channelId: company.channelId, menuId: company.menuId },
    mayChoose: true,
  })
  await company.channel('whatsapp-bridge', { menuId: company.menuId })
  expect((await readFirstRun(company.ownerCtx)).mayChoose).toBe(false)
})

test('the chat that is shown is the newest that is with me or waits for anybody', async () => {
  const company = await createCompany()
  const { tenantId, ownerCtx } = company
  await customerSays(company, { id: 'menu', name: 'Still in the menu' }, 'Hola')
  expect((await readFirstRun(ownerCtx)).chatId).toBeNull()

  await ownerCtx.db.member.updateMany({ where: { tenantId }, data: { availability: 'away' } })
  await customerSays(company, { id: 'line', name: 'In line' }, 'Hola')
  const waiting = await customerSays(company, { id: 'line', name: 'In line' }, 'asesor')
  expect((await readFirstRun(ownerCtx)).chatId).toBe(waiting)
})

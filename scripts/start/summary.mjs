import { existsSync, readFileSync } from 'node:fs'
import { inProject } from './project.mjs'

const ROLE_NAMES = { owner: 'dueño', admin: 'admin', supervisor: 'supervisor', agent: 'asesor' }

/** @returns {{ email: string, role: string, name: string }[]} the logins of the demo company, if there is one */
export function readDemoLogins() {
  const file = inProject('prisma', 'seed', 'logins.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

/**
 * The last thing npm start says.
 * @param {{ publicUrl: string, mode: 'demo' | 'production', password?: string, logins: { email: string, role: string, name: string }[] }} input
 * @returns {string}
 */
export function describeReady({ publicUrl, mode, password, logins }) {
  const head = ['', `iKono Chat is ready:  ${publicUrl}`]
  if (mode !== 'demo') return [...head, 'Stop with Ctrl+C.', ''].join('\n')
  const width = Math.max(...logins.map(({ email }) => email.length), 0)
  const rows = logins.map(
    ({ email, role, name }) => `  ${email.padEnd(width)}  ${name} (${ROLE_NAMES[role] ?? role})`,
  )
  return [
    ...head,
    '',
    ...(rows.length > 0 ? [`Demo logins, all with the password  ${password}`, ...rows, ''] : []),
    'To try: open a company, write "Hola" from the phone in the page, pick an option, and answer as an agent in another window.',
    'This is a demo on this machine only; PUBLIC_URL or DATABASE_URL switch it to production. Stop with Ctrl+C.',
    '',
  ].join('\n')
}

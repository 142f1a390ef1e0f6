import { z } from 'zod'

/**
 * The environment, parsed once per process. Each process asks for its own part and fails at start with the list of
 * what is missing, in words. Nothing else in the product reads process.env.
 */
const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const port = z.coerce.number().int().min(1).max(65535)

/** `name <address>` or a bare address. */
const MAIL_ADDRESS = /^(?:[^<>@]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/

const shape = {
  appMode: z.enum(['demo', 'production']).default('production'),
  databaseAppUrl: z.string().min(1),
  databaseSystemUrl: z.string().min(1),
  databaseOwnerUrl: z.string().min(1),
  authSecret: z.string().min(16),
  sealingKey: z.string().refine((value) => Buffer.from(value, 'base64').length === 32, '32 bytes in base64'),
  publicUrl: z.url(),
  dataDir: z.string().min(1),
  demoPassword: z.string().optional(),
  realtimeMode: z.enum(['local', 'self-hosted', 'hosted']).default('local'),
  pusherAppId: z.string().min(1),
  pusherKey: z.string().min(1),
  pusherSecret: z.string().min(1),
  pusherCluster: z.string().optional(),
  pusherHost: z.string().optional(),
  pusherPort: port.optional(),
  /** Servers and browsers alike; the starter says false for our own server, which listens on this machine only. */
  pusherUseTls: flag.default(true),
  pusherPublicHost: z.string().optional(),
  pusherPublicPort: port.optional(),
  pusherPublicTls: flag.optional(),
  smtpUrl: z
    .url({ protocol: /^smtps?$/, error: 'an address that begins with smtp:// or smtps://' })
    .optional(),
  mailFrom: z
    .string()
    .regex(MAIL_ADDRESS, 'an address, or a name and an address: Our Company <chat@example.com>')
    .optional(),
  operatorEmail: z.email().optional(),
  metricsToken: z.string().min(16).optional(),
  s3Bucket: z.string().min(1).optional(),
  s3Region: z.string().min(1).default('us-east-1'),
  s3Endpoint: z.url().optional(),
  s3PathStyle: flag.optional(),
  s3AccessKeyId: z.string().min(1).optional(),
  s3SecretAccessKey: z.string().min(1).optional(),
  whatsappWebSocketUrl: z.string().optional(),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
} satisfies Record<string, z.ZodType>

type Shape = typeof shape
export type EnvKey = keyof Shape
type Env = { [Key in EnvKey]: z.infer<Shape[Key]> }

const variableOf = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()

const cache = new Map<EnvKey, unknown>()

/**
 * Reads one setting.
 * @throws Error naming the variable and what it must be, when it is missing or wrong.
 */
export function env<Key extends EnvKey>(key: Key): Env[Key] {
  if (!cache.has(key)) {
    const raw = process.env[variableOf(key)]
    const parsed = shape[key].safeParse(raw === '' ? undefined : raw)
    if (!parsed.success) {
      throw new Error(`${variableOf(key)}: ${parsed.error.issues.map((issue) => issue.message).join(', ')}`)
    }
    cache.set(key, parsed.data)
  }
  return cache.get(key) as Env[Key]
}

/** Fails at start, once, with the whole list of what is missing. */
export function requireEnv(keys: readonly EnvKey[]): void {
  const problems = keys.flatMap((key) => {
    try {
      env(key)
      return []
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)]
    }
  })
  if (problems.length > 0) throw new Error(`Settings missing or wrong:\n- ${problems.join('\n- ')}`)
}

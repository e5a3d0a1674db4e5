// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text that stands in other files
import type { Protection } from './protection.ts';

/** Who asked stays sealed. */
export const IDENTITY_PROTECTIONS: readonly Protection[] = [
  {
    name: 'sealed bytes cannot be changed or moved (AES-GCM)',
    file: 'src/platform/crypto/cipher.ts',
    with: '  cipher.setAAD(aad);\n',
    without: '',
    tests: ['src/platform/crypto'],
  },
  {
    name: 'sealed bytes cannot be changed or moved (SM4)',
    file: 'src/platform/crypto/cipher.ts',
    with: 'if (!timingSafeEqual(mac(key, aad, body), bytes.subarray(bytes.length - SM3_BYTES))) {',
    without: 'if (Number.isNaN(1)) {',
    tests: ['src/platform/crypto'],
  },
  {
    name: 'who handles a case does not see who asked',
    file: 'src/modules/cases/unmask.ts',
    with: '!handling.has(post.organisationId) && ',
    without: '',
    tests: ['src/modules/cases', 'src/permissions.cases.test.ts'],
  },
  {
    name: 'a look at an identity is recorded and told',
    file: 'src/modules/requesters/identities.ts',
    with: "  await recordLook(tx, vault, actor, id, 'unmasked', look);\n",
    without: '',
    tests: ['src/modules/requesters', 'src/modules/privacy'],
  },
  {
    name: 'the index of telephone numbers needs a key',
    file: 'src/platform/crypto/create-vault.ts',
    with: 'const digest = createHmac(key.digest, derivedOnce(key.key, `blind index ${purpose}`)).update(value);',
    without: 'const digest = createHmac(key.digest, `blind index ${purpose}`).update(value);',
    tests: ['src/platform/crypto'],
  },
  {
    name: 'a new key seals what a former one sealed',
    file: 'src/platform/crypto/reseal.ts',
    with: 'for (const row of rows) await resealRow(tx, vault, table, row, current);',
    without: '',
    tests: ['src/platform/crypto/reseal.test.ts'],
  },
  {
    name: 'a signature of SM2 is checked',
    file: 'src/platform/crypto/sm2.ts',
    with: 'return Point.Fn.create(e + sum.toAffine().x) === r;',
    without: 'return Point.Fn.create(e + sum.toAffine().x) !== 0n;',
    tests: ['src/platform/crypto'],
  },
  {
    name: 'an identity that was erased is shown to nobody',
    file: 'src/modules/requesters/identities.ts',
    with: 'if (!found || found.erased_at) return null;\n  const { name, phone, mail } = openRow(vault, id, found);\n  return { name: name && maskName(name)',
    without:
      'if (!found) return null;\n  const { name, phone, mail } = openRow(vault, id, found);\n  return { name: name && maskName(name)',
    tests: ['src/modules/requesters'],
  },
  {
    name: 'an identity is changed by nobody unnoticed',
    file: 'src/modules/requesters/identities.ts',
    with: 'const intact = commitmentOf(found.salt, openRow(vault, id, found)) === commitment;',
    without: "const intact = commitment !== '';",
    tests: ['src/modules/requesters'],
  },
  {
    name: 'pages show a number masked',
    file: 'src/modules/requesters/identities.ts',
    with: 'return { name: name && maskName(name), phone: phone && maskPhone(phone), mail: mail && maskMail(mail) };',
    without: 'return { name: name && maskName(name), phone, mail: mail && maskMail(mail) };',
    tests: ['src/modules/requesters', 'src/modules/cases/record.test.ts'],
  },
];

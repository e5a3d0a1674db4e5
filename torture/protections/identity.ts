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
];

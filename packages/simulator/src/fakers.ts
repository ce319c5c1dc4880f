import type { Faker } from "@faker-js/faker";
import { faker as de } from "@faker-js/faker/locale/de";
import { faker as en } from "@faker-js/faker/locale/en";
import { faker as enGB } from "@faker-js/faker/locale/en_GB";
import { faker as enIN } from "@faker-js/faker/locale/en_IN";
import { faker as es } from "@faker-js/faker/locale/es";
import { faker as fr } from "@faker-js/faker/locale/fr";
import { faker as it } from "@faker-js/faker/locale/it";
import { faker as ja } from "@faker-js/faker/locale/ja";
import { faker as ko } from "@faker-js/faker/locale/ko";
import { faker as nl } from "@faker-js/faker/locale/nl";
import { faker as pl } from "@faker-js/faker/locale/pl";
import { faker as ptBR } from "@faker-js/faker/locale/pt_BR";
import { faker as sv } from "@faker-js/faker/locale/sv";
import { faker as tr } from "@faker-js/faker/locale/tr";
import { Random } from "./random.js";

// Imports single locales, because the package's main entry would load all seventy.
const shared = { de, en, en_GB: enGB, en_IN: enIN, es, fr, it, ja, ko, nl, pl, pt_BR: ptBR, sv, tr };

export type LocaleName = keyof typeof shared;

/** The fakers of one simulator. They use its random stream and do not change faker's shared instances. */
export class Fakers {
  readonly #made = new Map<LocaleName, Faker>();
  #random = new Random("");

  /** Returns the faker of a locale, which draws from `random` until the next call of this method. */
  use(locale: LocaleName, random: Random): Faker {
    this.#random = random;
    let made = this.#made.get(locale);
    if (made === undefined) {
      const Class = shared[locale].constructor as typeof Faker;
      made = new Class({
        locale: shared[locale].rawDefinitions,
        randomizer: { next: () => this.#random.next(), seed: () => undefined },
      });
      this.#made.set(locale, made);
    }
    return made;
  }
}

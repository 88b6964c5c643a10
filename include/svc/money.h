/* Money: an integer of the currency's minor unit. */
#ifndef SVC_MONEY_H
#define SVC_MONEY_H

#include "svc/error.h"

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int64_t svc_money;
#define SVC_MONEY_NONE INT64_MIN
#define SVC_MONEY_MAX INT64_C(100000000000000000) /* 10^17 minor units; more is refused as absurd */

/* Digits after the point of an ISO 4217 currency: 2 for CNY, 0 for JPY, 3 for KWD; -1 for an unknown code. */
SVC_PUBLIC int svc_currency_digits(const char *code);

/* A decimal string, at most `digits` after the point (more are allowed if zero); no sign but "-", no blanks, no
   exponent, no separators. False leaves *out untouched. */
SVC_PUBLIC bool svc_money_parse(const char *text, int digits, svc_money *out);
SVC_PUBLIC void svc_money_format(svc_money amount, int digits, char out[32]);

/* amount * numerator / denominator in 128 bits, rounded half up (away from zero); false on overflow. */
SVC_PUBLIC bool svc_money_scale(svc_money amount, int64_t numerator, int64_t denominator, svc_money *out);

/* Numbers that are not money are kept in millionths: "70" is 70000000. False: not a number, or beyond +-9e12. */
#define SVC_NUMBER_ONE 1000000
SVC_PUBLIC bool svc_number_parse(const char *text, int64_t *out);
SVC_PUBLIC void svc_number_format(int64_t number, char out[32]); /* without needless zeros */

#ifdef __cplusplus
}
#endif
#endif

#include "svc/money.h"

#include <stddef.h>
#include <string.h>

#define NUMBER_DIGITS 6
#define NUMBER_MAX (INT64_C(9000000000000) * SVC_NUMBER_ONE)

/* ISO 4217 (list one). All other codes that are listed here have two digits. */
static const char two_digits[] = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN "
				 "BZD CAD CDF CHF CNY COP CRC "
				 "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL "
				 "HTG HUF IDR ILS INR IRR JMD "
				 "KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
				 "MWK MXN MYR MZN NAD NGN NIO "
				 "NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE "
				 "SOS SRD SSP STN SYP SZL THB "
				 "TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG ";
static const char no_digits[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";
static const char three_digits[] = "BHD IQD JOD KWD LYD OMR TND ";

static bool is_listed(const char *list, const char *code)
{
	for (; *list; list += 4)
		if (memcmp(list, code, 3) == 0)
			return true;
	return false;
}

int svc_currency_digits(const char *code)
{
	if (!code || strlen(code) != 3)
		return -1;
	if (is_listed(two_digits, code))
		return 2;
	if (is_listed(no_digits, code))
		return 0;
	return is_listed(three_digits, code) ? 3 : -1;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One more decimal digit at the end of `value`; false when that makes it more than `most`. */
static bool push_digit(int64_t *value, char digit, int64_t most)
{
	if (*value > most / 10)
		return false;
	*value = *value * 10 + (digit - '0');
	return *value <= most;
}

/* A decimal string as an integer of 10^-digits, at most `most` in size. What stands beyond `digits` is rounded half
   away from zero if `rounds`, and must be zero if not. */
static bool parse_decimal(const char *text, int digits, int64_t most, bool rounds, int64_t *out)
{
	bool negative = *text == '-';
	int64_t value = 0;
	text += negative;
	if (!is_digit(*text))
		return false;
	for (; is_digit(*text); text++)
		if (!push_digit(&value, *text, most))
			return false;
	if (*text == '.' && !is_digit(*++text))
		return false;
	for (; digits > 0; digits--)
		if (!push_digit(&value, is_digit(*text) ? *text++ : '0', most))
			return false;
	bool up = is_digit(*text) && *text >= '5';
	for (; is_digit(*text); text++)
		if (!rounds && *text != '0')
			return false;
	value += rounds && up;
	if (*text || value > most)
		return false;
	*out = negative ? -value : value;
	return true;
}

/* Writes value / 10^digits. Digits are made from the end, so that no power of ten is needed. */
static void format_decimal(int64_t value, int digits, char out[32])
{
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	char reversed[32];
	int length = 0;
	do {
		if (length == digits && digits > 0)
			reversed[length++] = '.';
		reversed[length++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest || length <= digits + (digits > 0));
	if (value < 0)
		*out++ = '-';
	while (length > 0)
		*out++ = reversed[--length];
	*out = '\0';
}

bool svc_money_parse(const char *text, int digits, svc_money *out)
{
	return parse_decimal(text, digits, SVC_MONEY_MAX, false, out);
}

void svc_money_format(svc_money amount, int digits, char out[32])
{
	if (amount == SVC_MONEY_NONE)
		*out = '\0';
	else
		format_decimal(amount, digits, out);
}

bool svc_money_scale(svc_money amount, int64_t numerator, int64_t denominator, svc_money *out)
{
	if (amount == SVC_MONEY_NONE || denominator <= 0)
		return false;
	__int128 product = (__int128)amount * numerator;
	__int128 half = denominator / 2 + denominator % 2;
	__int128 size = product < 0 ? -product : product;
	__int128 result = size / denominator + (size % denominator >= half);
	if (result > SVC_MONEY_MAX)
		return false;
	*out = (svc_money)(product < 0 ? -result : result);
	return true;
}

bool svc_number_parse(const char *text, int64_t *out)
{
	return parse_decimal(text, NUMBER_DIGITS, NUMBER_MAX, true, out);
}

void svc_number_format(int64_t number, char out[32])
{
	format_decimal(number, NUMBER_DIGITS, out);
	size_t length = strlen(out);
	while (out[length - 1] == '0')
		length--;
	if (out[length - 1] == '.')
		length--;
	out[length] = '\0';
}

/* Verifies one signature many times by OpenSSL and its GOST engine, and prints the
   seconds of processor time each took. Compiled by the benchmark that compares. */
#include <openssl/engine.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static size_t load(const char *name, unsigned char *into, size_t most) {
	FILE *f = fopen(name, "rb");
	size_t n = f ? fread(into, 1, most, f) : 0;
	if (f) fclose(f);
	return n;
}

int main(int argc, char **argv) {
	unsigned char digest[64], sig[128];
	if (argc != 5) return 2;
	ENGINE_load_builtin_engines();
	ENGINE *e = ENGINE_by_id("gost");
	if (!e || !ENGINE_init(e)) return 3;
	ENGINE_set_default(e, ENGINE_METHOD_ALL);
	FILE *f = fopen(argv[1], "r");
	EVP_PKEY *key = f ? PEM_read_PUBKEY(f, NULL, NULL, NULL) : NULL;
	size_t nd = load(argv[2], digest, sizeof digest), ns = load(argv[3], sig, sizeof sig);
	EVP_PKEY_CTX *ctx = key ? EVP_PKEY_CTX_new(key, e) : NULL;
	if (!ctx || EVP_PKEY_verify_init(ctx) <= 0) return 4;
	int times = atoi(argv[4]);
	clock_t from = clock();
	for (int i = 0; i < times; i++)
		if (EVP_PKEY_verify(ctx, sig, ns, digest, nd) != 1) return 5;
	printf("%.9f\n", (double)(clock() - from) / CLOCKS_PER_SEC / times);
	return 0;
}

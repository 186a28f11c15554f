package gost

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"hash"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheDigestsAreThoseOfTheStandards(t *testing.T) {
	first := "012345678901234567890123456789012345678901234567890123456789012"
	// The second example of RFC 6986, in Windows-1251.
	second := string(unhex("d1e520e2e5f2f0e82c20d1f2f0e8e1eee6e820e2edf3f6e82c20e2e5fef2fa20f120eceef0ff20f1f2f0e5ebe0ece820ede020f5f0e0e1f0fbff20efebfaeafb20c8e3eef0e5e2fb"))
	for _, c := range []struct {
		from    string
		new     func() hash.Hash
		message string
		want    string
	}{
		{"RFC 6986, 10.1, 512", New512, first, "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48"},
		{"RFC 6986, 10.1, 256", New256, first, "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"},
		{"RFC 6986, 10.2, 512", New512, second, "1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28"},
		{"RFC 6986, 10.2, 256", New256, second, "9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50"},
		{"RFC 5831, 7.3.1", New34311, "This is message, length=32 bytes", "b1c466d37519b82e8319819ff32595e047a28cb6f83eff1c6916a815a637fffa"},
		{"RFC 5831, 7.3.2", New34311, "Suppose the original message has length = 50 bytes", "471aba57a60a770d3a76130635c1fbea4ef14de51f78b4ae57dd893b62f55208"},
		{"nothing at all", New34311, "", "ce85b99cc46752fffee35cab9a7b0278abb4c2d2055cff685af4912c49490f8d"},
	} {
		h := c.new()
		h.Write([]byte("what is forgotten"))
		h.Reset()
		for i := range c.message { // byte by byte, to cross every boundary
			h.Write([]byte{c.message[i]})
		}
		if got := hex.EncodeToString(h.Sum(nil)); got != c.want {
			t.Errorf("%s: %s, want %s", c.from, got, c.want)
		}
		if again := hex.EncodeToString(h.Sum(nil)); again != c.want {
			t.Errorf("%s: the second Sum is another: %s", c.from, again)
		}
	}
}

// The curves of the examples of RFC 7091 ¶ 7 are in no profile; the generic
// arithmetic takes them as it takes any.
func TestTheExamplesOfTheStandardAreVerified(t *testing.T) {
	for _, c := range []struct {
		from             string
		curve            Curve
		d, e, k, r, s, X string
	}{
		{"RFC 7091, 7.1", Curve{
			size: 32, a: big.NewInt(7), x: big.NewInt(2),
			p: hexadecimal("8000000000000000000000000000000000000000000000000000000000000431"),
			b: hexadecimal("5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E"),
			q: hexadecimal("8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3"),
			y: hexadecimal("08E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8"),
		},
			"7A929ADE789BB9BE10ED359DD39A72C11B60961F49397EEE1D19CE9891EC3B28",
			"2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5",
			"77105C9B20BCD3122823C8CF6FCC7B956DE33814E95B7FE64FED924594DCEAB3",
			"41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493",
			"01456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40",
			"7F2B49E270DB6D90D8595BEC458B50C58585BA1D4E9B788F6689DBD8E56FD80B"},
		{"RFC 7091, 7.2", Curve{
			size: 64, a: big.NewInt(7),
			p: hexadecimal("4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15DF1D852741AF4704A0458047E80E4546D35B8336FAC224DD81664BBF528BE6373"),
			b: hexadecimal("1CFF0806A31116DA29D8CFA54E57EB748BC5F377E49400FDD788B649ECA1AC4361834013B2AD7322480A89CA58E0CF74BC9E540C2ADD6897FAD0A3084F302ADC"),
			q: hexadecimal("4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15DA82F2D7ECB1DBAC719905C5EECC423F1D86E25EDBE23C595D644AAF187E6E6DF"),
			x: hexadecimal("24D19CC64572EE30F396BF6EBBFD7A6C5213B3B3D7057CC825F91093A68CD762FD60611262CD838DC6B60AA7EEE804E28BC849977FAC33B4B530F1B120248A9A"),
			y: hexadecimal("2BB312A43BD2CE6E0D020613C857ACDDCFBF061E91E5F2C3F32447C259F39B2C83AB156D77F1496BF7EB3351E1EE4E43DC1A18B91B24640B6DBB92CB1ADD371E"),
		},
			"0BA6048AADAE241BA40936D47756D7C93091A0E8514669700EE7508E508B102072E8123B2200A0563322DAD2827E2714A2636B7BFD18AADFC62967821FA18DD4",
			"3754F3CFACC9E0615C4F4A7C4D8DAB531B09B6F9C170C533A71D147035B0C5917184EE536593F4414339976C647C5D5A407ADEDB1D560C4FC6777D2972075B8C",
			"0359E7F4B1410FEACC570456C6801496946312120B39D019D455986E364F365886748ED7A44B3E794434006011842286212273A6D14CF70EA3AF71BB1AE679F1",
			"2F86FA60A081091A23DD795E1E3C689EE512A3C82EE0DCC2643C78EEA8FCACD35492558486B20F1C9EC197C90699850260C93BCBCD9C5C3317E19344E173AE36",
			"1081B394696FFE8E6585E7A9362D26B6325F56778AADBC081C0BFBE933D52FF5823CE288E8C4F362526080DF7F70CE406A6EEB1F56919CB92A9853BDE73E5B4A",
			""},
	} {
		curve := &c.curve
		key := curve.Base(hexadecimal(c.d))
		if c.X != "" && key.x.Cmp(hexadecimal(c.X)) != 0 {
			t.Errorf("%s: key %X, want %s", c.from, key.x, c.X)
		}
		if x := curve.Base(hexadecimal(c.k)).X(); x.Mod(x, curve.q).Cmp(hexadecimal(c.r)) != 0 {
			t.Errorf("%s: r is %X, want %s", c.from, x, c.r)
		}
		digest := octets(hexadecimal(c.e), curve.size)
		sig := append(octets(hexadecimal(c.r), curve.size), octets(hexadecimal(c.s), curve.size)...)
		if !key.Verify(digest, sig) {
			t.Errorf("%s: the signature of the standard is refused", c.from)
		}
		for i := range sig {
			sig[i] ^= 0x10
			if key.Verify(digest, sig) {
				t.Errorf("%s: byte %d changed and still valid", c.from, i)
			}
			sig[i] ^= 0x10
		}
	}
}

func TestASignatureOfTheAuthoritysOwnProviderIsVerified(t *testing.T) {
	v := map[string]string{}
	raw, err := os.ReadFile(filepath.Join("testdata", "kalkan_gost512.vectors"))
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(bytes.NewReader(raw)); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), "=")
		v[name] = value
	}
	h := New512()
	h.Write([]byte(v["msg"]))
	digest := h.Sum(nil)
	if hex.EncodeToString(digest) != v["digest"] {
		t.Errorf("digest %x, want %s", digest, v["digest"])
	}
	point := append(octets(hexadecimal(v["qx"]), 64), octets(hexadecimal(v["qy"]), 64)...)
	key, err := ParsePublicKey(Curve512A, point)
	if err != nil {
		t.Fatal(err)
	}
	if !key.Verify(digest, unhex(v["sig"])) {
		t.Error("refused")
	}
	if other := Curve512A.Base(hexadecimal(v["d"])); !other.Equal(key) {
		t.Error("the private number belongs to another key")
	}
}

func TestTheCurvesAreWhatTheySay(t *testing.T) {
	for _, c := range []*Curve{Curve512A, Curve256A, CurveCryptoProA} {
		if !c.p.ProbablyPrime(32) || !c.q.ProbablyPrime(32) {
			t.Errorf("%s: modulus or order is not prime", c)
		}
		if !c.has(c.x, c.y) {
			t.Errorf("%s: the base point is not on it", c)
		}
		if p := c.multiply(c.q, &point{c.x, c.y, big.NewInt(1)}); p.z.Sign() != 0 {
			t.Errorf("%s: the order is not that of the base point", c)
		}
	}
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

// A program for the sanitizers: it reads a launch from the file named first and writes its arrays to the second.
//
// The file: the kernel's name and a newline, then as 64-bit integers grid, block, has_barriers, workers, seed and the
// number of arguments, then for each argument its number of bytes, 0 for an integer, and the bytes of the array, or the
// integer.

#include <cstdio>
#include <string>
#include <vector>

extern "C" int run(const char*, void**, unsigned, unsigned, unsigned, unsigned, int, int, unsigned);

int main(int, char** files) {
    std::FILE* in = std::fopen(files[1], "rb");
    const auto number = [in] {
        long long n = 0;
        return std::fread(&n, sizeof n, 1, in) == 1 ? n : -1;
    };
    std::string name;
    for (int c; (c = std::fgetc(in)) != '\n' && c != EOF;) name.push_back(static_cast<char>(c));
    const long long grid = number(), block = number(), barriers = number(), workers = number(), seed = number();
    const std::size_t count = number();
    std::vector<std::vector<char>> arrays(count);
    std::vector<long long> integers(count);
    std::vector<void*> pointers(count), arguments(count);
    for (std::size_t i = 0; i < count; ++i) {
        const long long bytes = number();
        if (bytes == 0) {
            integers[i] = number();
            arguments[i] = &integers[i];
            continue;
        }
        arrays[i].resize(bytes);
        if (std::fread(arrays[i].data(), 1, bytes, in) != static_cast<std::size_t>(bytes)) return 3;
        pointers[i] = arrays[i].data();
        arguments[i] = &pointers[i];
    }
    std::fclose(in);
    const int outcome = run(name.c_str(), arguments.data(), grid, block, 0, grid, barriers, workers, seed);
    std::FILE* out = std::fopen(files[2], "wb");
    for (const auto& array : arrays) {
        if (!array.empty()) std::fwrite(array.data(), 1, array.size(), out);
    }
    std::fclose(out);
    return outcome;
}
